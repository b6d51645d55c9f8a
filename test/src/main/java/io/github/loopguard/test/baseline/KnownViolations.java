package io.github.loopguard.test.baseline;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.baseline.BaselineEntry.Budget;
import io.github.loopguard.report.baseline.BaselineException;
import io.github.loopguard.report.baseline.TestRun;
import io.github.loopguard.test.setting.Settings;

/**
 * The baseline of the tests of this JVM, with the violations that happened.
 */
public final class KnownViolations {

	private static final KnownViolations INSTANCE = new KnownViolations(Settings.ofThisJvm());

	private final LocalDate today = LocalDate.now();

	private final Set<String> ran = new TreeSet<>();

	private final Map<ViolationKey, Set<String>> blocked = new TreeMap<>();

	private final Map<ViolationKey, List<ViolationKey>> former = new TreeMap<>();

	private final Set<ViolationKey> failed = new TreeSet<>();

	private @Nullable BaselineSettings settings;

	private final Baseline baseline;

	private @Nullable String problem;

	KnownViolations(Settings given) {
		Baseline baseline = Baseline.NONE;
		try {
			BaselineSettings settings = BaselineSettings.of(given);
			if (settings.mode() != BaselineRunMode.OFF) {
				baseline = settings.file().read().orElse(Baseline.NONE);
			}
			this.settings = settings;
		}
		catch (IllegalArgumentException | BaselineException ex) {
			this.problem = Violation.printable("Loopguard: " + ex.getMessage());
		}
		this.baseline = baseline;
	}

	/**
	 * Returns the only instance.
	 * @return the known violations of this JVM
	 */
	public static KnownViolations instance() {
		return INSTANCE;
	}

	/**
	 * Returns the problem with the file or the settings.
	 * @return the problem and its remedy, or empty if there is none
	 */
	public Optional<String> problem() {
		return Optional.ofNullable(this.problem);
	}

	/**
	 * Returns whether the baseline tolerates a violation, and records it.
	 * @param violation the violation, with the occurrences in one test
	 * @param test the test it happened in, or {@code null} if unknown
	 * @return why it is not tolerated, which may be an empty string; or empty if it is
	 * tolerated
	 */
	public synchronized Optional<String> judge(Violation violation, @Nullable String test) {
		ViolationKey key = violation.key();
		Set<String> via = this.blocked.computeIfAbsent(key, (missing) -> new TreeSet<>());
		if (test != null) {
			via.add(test);
		}
		this.former.put(key, violation.formerKeys());
		BaselineEntry known = this.baseline.find(key, violation.formerKeys());
		String objection = (known != null) ? objection(known, violation) : isRecording() ? null : "";
		if (objection != null) {
			this.failed.add(key);
		}
		return Optional.ofNullable(objection);
	}

	/**
	 * Returns whether a violation was in the baseline at the beginning and has not
	 * expired. Such a violation appears only in the summary at the end.
	 * @param violation the violation
	 * @return {@code true} if it is known
	 */
	public boolean isKnown(Violation violation) {
		return this.baseline.tolerates(violation.key(), violation.formerKeys());
	}

	/**
	 * Returns why a violation is tolerated.
	 * @param violation the violation
	 * @return the reason
	 */
	public synchronized String reason(Violation violation) {
		BaselineEntry known = this.baseline.find(violation.key(), violation.formerKeys());
		return (known != null) ? "baseline, " + known.status() + ": " + known.reason() : "recorded in the baseline";
	}

	/**
	 * Records that a test passed.
	 * @param test the test
	 */
	public synchronized void passed(String test) {
		this.ran.add(test);
	}

	/**
	 * Writes the violations so far to the file, in the modes that write.
	 * @throws BaselineException if the file can no longer be read or cannot be written
	 */
	public synchronized void write() {
		if (this.settings == null || !this.settings.mode().writes()) {
			return;
		}
		TestRun run = testRun();
		this.settings.file().update(isRecording() ? run::record : (current) -> run.prune(current, this.baseline));
	}

	/**
	 * Returns the summary of the baseline.
	 * @return the summary, or empty if there is no baseline and no violation
	 */
	public synchronized Optional<String> summary() {
		if (this.settings == null || this.settings.mode() == BaselineRunMode.OFF
				|| (this.baseline.isEmpty() && this.blocked.isEmpty() && this.settings.notice().isEmpty())) {
			return Optional.empty();
		}
		return Optional
			.of(new BaselineSummary(this.settings, this.baseline, testRun(), this.failed, this.today).text());
	}

	private TestRun testRun() {
		return new TestRun(this.ran, this.blocked, this.former);
	}

	private boolean isRecording() {
		return this.settings != null && this.settings.mode() == BaselineRunMode.RECORD;
	}

	private @Nullable String objection(BaselineEntry known, Violation violation) {
		if (known.isExpired(this.today)) {
			return known.expiry(this.today);
		}
		Budget budget = known.budget();
		if (budget.occurrences() != null && violation.count() > budget.occurrences()) {
			return "its baseline entry tolerates " + budget.occurrences() + " in one test, and there were "
					+ violation.count();
		}
		Duration held = violation.held().max();
		if (budget.heldMillis() != null && held.toMillis() > budget.heldMillis()) {
			return "its baseline entry tolerates " + budget.heldMillis() + " ms, and it took " + held.toMillis()
					+ " ms";
		}
		return null;
	}

}
