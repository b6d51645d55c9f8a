package io.github.loopguard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.runtime.Loopguard;

/**
 * Describes the state of Loopguard in one line, which is logged at start-up.
 */
final class StartupSummary {

	private static final String HOOKS = "blockhound";

	private final Loopguard loopguard;

	private final LoopguardProfile profile;

	StartupSummary(Loopguard loopguard, LoopguardProfile profile) {
		this.loopguard = loopguard;
		this.profile = profile;
	}

	/**
	 * Returns whether the line is quick to write. Otherwise class files are read to
	 * inspect the allowances, which must not delay the start.
	 */
	boolean isQuick() {
		for (DetectorStatus detector : this.loopguard.detectors()) {
			if (detector.name().equals(HOOKS) && detector.isWorking()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns the line.
	 */
	String text() {
		List<String> working = new ArrayList<>();
		List<String> off = new ArrayList<>();
		List<String> degraded = new ArrayList<>();
		for (DetectorStatus detector : this.loopguard.detectors()) {
			if (detector.isWorking()) {
				working.add(detector.name());
			}
			if (detector.state() == State.OFF) {
				off.add(detector.name());
			}
			else if (detector.state() != State.ACTIVE) {
				degraded.add(detector.name() + " " + detector.state());
			}
		}
		List<String> parts = new ArrayList<>();
		parts.add("profile " + this.profile.name().toLowerCase(Locale.ROOT));
		if (!isQuick()) {
			parts.add(this.loopguard.needsJvmFlag() ? "JVM flag in use" : "no JVM flag needed");
			parts.add(hooks());
			parts.add(allowances());
		}
		else if (!working.isEmpty()) {
			parts.add("detectors: " + String.join(", ", working));
		}
		List<BaselineEntry> known = this.loopguard.policy().baseline().entries();
		if (!known.isEmpty()) {
			parts.add("baseline with " + known.size() + " known " + ((known.size() == 1) ? "violation" : "violations"));
		}
		if (!off.isEmpty()) {
			parts.add("off: " + String.join(", ", off));
		}
		parts.add(degraded.isEmpty() ? "nothing degraded" : "degraded: " + String.join(", ", degraded));
		return "Loopguard: " + String.join("; ", parts);
	}

	private String hooks() {
		List<String> rules = this.loopguard.catalog().rules().stream().map(Rule::id).toList();
		int live = rules.stream().mapToInt(this.loopguard::liveHooks).sum();
		int missing = rules.stream().mapToInt((rule) -> this.loopguard.missingHooks(rule).size()).sum();
		return live + " of " + (live + missing) + " hooks live for " + rules.size() + " rules";
	}

	private String allowances() {
		List<AllowanceStatus> all = this.loopguard.allowances()
			.stream()
			.filter((it) -> !it.isForAnotherVersion())
			.toList();
		long live = all.stream().filter((it) -> it.state() == AllowanceStatus.State.LIVE).count();
		return live + " of " + all.size() + " allowances in force";
	}

}
