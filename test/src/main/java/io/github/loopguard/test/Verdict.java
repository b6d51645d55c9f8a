package io.github.loopguard.test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;
import io.github.loopguard.test.FailureText.Failing;
import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.report.SessionReport;
import io.github.loopguard.test.tracking.Recording;
import io.github.loopguard.test.tracking.Recordings;

/**
 * Collects violations and fails for those that neither allowances nor the baseline
 * tolerate.
 */
final class Verdict {

	private final SessionReport report = SessionReport.instance();

	private final String subject;

	private final List<TestAllowance> allowances;

	private final LocalDate today = LocalDate.now();

	private final List<Failing> failing = new ArrayList<>();

	private final List<Recording> recordings = new ArrayList<>();

	/**
	 * Creates an instance.
	 * @param subject name in reports for violations without a test
	 * @param allowances allowances of the test or the class
	 */
	Verdict(String subject, List<TestAllowance> allowances) {
		this.subject = subject;
		this.allowances = allowances;
	}

	/**
	 * Adds all recorded violations.
	 * @param unattributed recordings that cannot be attributed to one test
	 */
	void add(Recordings unattributed) {
		List<Violation> violations = unattributed.all()
			.stream()
			.flatMap((recording) -> recording.violations().stream())
			.filter((violation) -> !TestHarness.isResponsible(violation))
			.toList();
		add(violations, unattributed);
	}

	/**
	 * Adds violations.
	 * @param violations the violations
	 * @param recorded where they were recorded
	 */
	void add(List<Violation> violations, Recordings recorded) {
		this.recordings.addAll(recorded.all());
		for (Violation violation : violations) {
			List<TestAllowance> matching = this.allowances.stream().filter((it) -> it.matches(violation)).toList();
			if (matching.isEmpty()) {
				KnownViolations known = KnownViolations.instance();
				known.judge(violation, isOnce(violation) ? null : recorded.test())
					.ifPresentOrElse((objection) -> fail(violation, recorded, objection),
							() -> tolerate(violation, recorded, known.reason(violation)));
			}
			else if (matching.stream().allMatch((it) -> it.isExpired(this.today))) {
				fail(violation, recorded, matching.get(0).expiry(this.today));
			}
			else {
				tolerate(violation, recorded, "@AllowBlocking: " + matching.get(0).reason());
			}
		}
	}

	/**
	 * Records a violation that is tolerated.
	 * @param violation the violation
	 * @param recorded where it was recorded
	 * @param reason why it is tolerated
	 */
	void tolerate(Violation violation, Recordings recorded, String reason) {
		report(violation, recorded, reason);
	}

	/**
	 * Fails if a violation is not tolerated.
	 * @param subject name of the test or the class in messages
	 */
	void failIfBlocked(String subject) {
		failIfBlocked(subject, List.of());
	}

	/**
	 * Fails if a violation is not tolerated.
	 * @param subject name of the test or the class in messages
	 * @param unmet what was expected instead and is missing, in words
	 */
	void failIfBlocked(String subject, List<String> unmet) {
		long unnamed = this.recordings.stream().mapToLong(Recording::unnamed).sum();
		if (unnamed > 0) {
			this.report.unnamed(unnamed, this.subject);
		}
		if (this.failing.isEmpty() && unnamed == 0) {
			return;
		}
		List<Violation> violations = this.failing.stream().map(Failing::violation).toList();
		long calls = BlockingViolationsAssert.count(violations) + unnamed;
		String expected = unmet.isEmpty() ? "" : String.join("; ", unmet) + ", which it did not. It";
		String heading = subject + expected + " blocked an event loop" + ((calls == 1) ? ":" : " " + calls + " times:");
		List<StackTraceElement> stack = violations.isEmpty() ? List.of() : stack(violations.get(0));
		throw new BlockingViolationError(FailureText.of(heading, this.failing, unnamed), violations, stack);
	}

	private void fail(Violation violation, Recordings recorded, String objection) {
		String circumstances = recorded.circumstances().isEmpty() ? "" : "unattributed: " + recorded.circumstances();
		String remark = Stream.of(circumstances, objection)
			.filter((it) -> !it.isEmpty())
			.collect(Collectors.joining("; "));
		this.failing.add(new Failing(violation, remark));
		report(violation, recorded, null);
	}

	private void report(Violation violation, Recordings recorded, @Nullable String tolerated) {
		String test = (recorded.test() != null) ? recorded.test() : this.subject;
		this.report.add(violation, test, tolerated, stack(violation, recorded.all()));
	}

	/**
	 * Returns whether it happens once in a JVM, in the test that happens to come first.
	 */
	private boolean isOnce(Violation violation) {
		return stack(violation).stream().anyMatch((frame) -> frame.getMethodName().equals("<clinit>"));
	}

	private List<StackTraceElement> stack(Violation violation) {
		return stack(violation, this.recordings);
	}

	private static List<StackTraceElement> stack(Violation violation, List<Recording> recordings) {
		return recordings.stream()
			.map((recording) -> recording.stack(violation.id()))
			.filter((stack) -> !stack.isEmpty())
			.findFirst()
			.orElse(List.of());
	}

}
