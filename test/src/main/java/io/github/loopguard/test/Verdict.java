package io.github.loopguard.test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import io.github.loopguard.test.FailureText.Failing;
import io.github.loopguard.violation.Recording;
import io.github.loopguard.violation.Violation;

/**
 * Sorts out what allowances do not cover.
 */
final class Verdict {

	private final List<Allowance> allowances;

	private final LocalDate today = LocalDate.now();

	private final List<Failing> failing = new ArrayList<>();

	Verdict(List<Allowance> allowances) {
		this.allowances = allowances;
	}

	/**
	 * Adds what has happened.
	 * @param violations what has happened
	 * @param circumstances what is known of when it happened, or an empty string
	 */
	void add(List<Violation> violations, String circumstances) {
		for (Violation violation : violations) {
			List<Allowance> matching = this.allowances.stream().filter((it) -> it.matches(violation)).toList();
			if (matching.isEmpty()) {
				this.failing.add(new Failing(violation, circumstances));
			}
			else if (matching.stream().allMatch((it) -> it.isExpired(this.today))) {
				this.failing.add(new Failing(violation, matching.get(0).expiry(this.today)));
			}
		}
	}

	/**
	 * Fails if something is left.
	 * @param subject what to call the test or the class
	 * @param recordings where all of it was recorded
	 */
	void failIfBlocked(String subject, List<Recording> recordings) {
		long unnamed = recordings.stream().mapToLong(Recording::unnamed).sum();
		if (this.failing.isEmpty() && unnamed == 0) {
			return;
		}
		List<Violation> violations = this.failing.stream().map(Failing::violation).toList();
		long calls = BlockingViolationsAssert.count(violations) + unnamed;
		String heading = subject + " blocked an event loop" + ((calls == 1) ? ":" : " " + calls + " times:");
		List<StackTraceElement> stack = violations.stream()
			.limit(1)
			.flatMap((violation) -> recordings.stream().map((it) -> it.stack(violation.id())))
			.filter((it) -> !it.isEmpty())
			.findFirst()
			.orElse(List.of());
		throw new BlockingViolationError(FailureText.of(heading, this.failing, unnamed), violations, stack);
	}

}
