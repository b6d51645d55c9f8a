package io.github.loopguard.test.baseline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.baseline.TestRun;
import io.github.loopguard.report.baseline.TestRun.State;

/**
 * Summary of the baseline at the end of a test session.
 */
final class BaselineSummary {

	private static final int MOST = 20;

	private final BaselineSettings settings;

	private final Baseline baseline;

	private final TestRun run;

	private final Set<ViolationKey> failed;

	private final LocalDate today;

	/**
	 * Creates an instance.
	 * @param settings settings of the baseline
	 * @param baseline the baseline at the beginning
	 * @param run the tests and their violations
	 * @param failed violations that were not tolerated
	 * @param today the current day
	 */
	BaselineSummary(BaselineSettings settings, Baseline baseline, TestRun run, Set<ViolationKey> failed,
			LocalDate today) {
		this.settings = settings;
		this.baseline = baseline;
		this.run = run;
		this.failed = failed;
		this.today = today;
	}

	String text() {
		Map<BaselineEntry, State> states = this.run.states(this.baseline);
		List<String> lines = new ArrayList<>();
		lines.add("Loopguard baseline " + this.settings.file() + " (" + this.settings.mode() + "): " + states.size()
				+ ((states.size() == 1) ? " entry, " : " entries, ") + count(states, State.MATCHED) + " matched, "
				+ count(states, State.NOT_EXERCISED) + " not-exercised, " + count(states, State.PRUNABLE)
				+ " prunable; " + news());
		if (!this.settings.notice().isEmpty()) {
			lines.add("  " + this.settings.notice());
		}
		add(lines,
				states.entrySet()
					.stream()
					.filter((entry) -> entry.getValue() == State.PRUNABLE)
					.map((entry) -> prunable(entry.getKey()))
					.toList());
		add(lines,
				this.baseline.entries()
					.stream()
					.filter((entry) -> entry.isExpired(this.today))
					.map((entry) -> "expired: " + entry.key() + "; " + entry.expiry(this.today))
					.toList());
		long testless = states.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().via().isEmpty() && entry.getValue() == State.NOT_EXERCISED)
			.count();
		if (testless > 0) {
			lines.add("  " + testless + " of them not-exercised without a test in via, so no run can tell that "
					+ "they are fixed; what you have fixed, take out by hand");
		}
		if (this.settings.mode() != BaselineRunMode.PRUNE && states.containsValue(State.PRUNABLE)) {
			lines.add("  to take out what is prunable, run the same tests with -Dloopguard.baseline.mode=prune");
		}
		return lines.stream().map(Violation::printable).collect(Collectors.joining(System.lineSeparator()));
	}

	private String news() {
		long unknown = this.run.violations()
			.stream()
			.filter((key) -> this.run.find(this.baseline, key) == null)
			.count();
		return unknown + ((this.settings.mode() == BaselineRunMode.RECORD) ? " recorded" : " new")
				+ (this.failed.isEmpty() ? "" : ", " + this.failed.size() + " not tolerated");
	}

	private String prunable(BaselineEntry entry) {
		return "prunable: " + entry.key() + "; it did not block in " + String.join(", ", this.run.freed(entry));
	}

	private static void add(List<String> lines, List<String> more) {
		more.stream().limit(MOST).forEach((line) -> lines.add("  " + line));
		if (more.size() > MOST) {
			lines.add("  and " + (more.size() - MOST) + " more");
		}
	}

	private static long count(Map<BaselineEntry, State> states, State state) {
		return states.values().stream().filter((it) -> it == state).count();
	}

}
