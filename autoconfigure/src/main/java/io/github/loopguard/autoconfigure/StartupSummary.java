package io.github.loopguard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.loopguard.Loopguard;
import io.github.loopguard.catalog.RuleDefinition;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.policy.BaselineEntry;

/**
 * Says in one line what Loopguard does in this application.
 */
final class StartupSummary {

	private StartupSummary() {
	}

	static String of(Loopguard loopguard, LoopguardProfile profile) {
		List<DetectorStatus> detectors = loopguard.detectors();
		List<String> parts = new ArrayList<>();
		parts.add("profile " + profile.name().toLowerCase(Locale.ROOT));
		if (detectors.stream().anyMatch(StartupSummary::works)) {
			parts.add(loopguard.needsJvmFlag() ? "JVM flag in use" : "no JVM flag needed");
			parts.add(hooks(loopguard));
		}
		List<BaselineEntry> known = loopguard.ledger().policy().baseline().entries();
		if (!known.isEmpty()) {
			parts.add("baseline with " + known.size() + " known " + ((known.size() == 1) ? "violation" : "violations"));
		}
		List<String> degraded = detectors.stream()
			.filter((detector) -> detector.state() != State.ACTIVE)
			.map((detector) -> detector.name() + " " + detector.state())
			.toList();
		parts.add(degraded.isEmpty() ? "nothing degraded" : "degraded: " + String.join(", ", degraded));
		return "Loopguard: " + String.join("; ", parts);
	}

	private static String hooks(Loopguard loopguard) {
		List<String> rules = loopguard.catalog()
			.definitions()
			.stream()
			.map((RuleDefinition definition) -> definition.rule().id())
			.toList();
		int live = rules.stream().mapToInt(loopguard::liveHooks).sum();
		int missing = rules.stream().mapToInt((rule) -> loopguard.missingHooks(rule).size()).sum();
		return live + " of " + (live + missing) + " hooks live for " + rules.size() + " rules";
	}

	private static boolean works(DetectorStatus detector) {
		return detector.state() == State.ACTIVE || detector.state() == State.DEGRADED;
	}

}
