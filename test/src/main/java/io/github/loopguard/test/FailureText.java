package io.github.loopguard.test;

import java.time.LocalDate;
import java.util.List;

import io.github.loopguard.Violation;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.baseline.BaselineEntry.Budget;
import io.github.loopguard.baseline.BaselineEntry.Status;
import io.github.loopguard.ledger.Links;
import io.github.loopguard.ledger.ViolationText;
import io.github.loopguard.report.baseline.BaselineText;

/**
 * Message of a failed test: each violation with its fix, and an allowance and a baseline
 * entry to paste.
 */
final class FailureText {

	private static final String LINE = System.lineSeparator();

	private FailureText() {
	}

	static String of(String heading, List<Failing> failing, long unnamed) {
		StringBuilder text = new StringBuilder(Violation.printable(heading));
		for (Failing one : failing) {
			Violation violation = one.violation();
			Links links = new Links(null, "", "docs/blocking-operations.md#" + violation.rule(), null);
			text.append(LINE).append(LINE).append(ViolationText.of(violation, links));
			if (violation.count() > 1) {
				text.append(LINE).append("        ").append(violation.count()).append(" times");
			}
			if (!one.remark().isEmpty()) {
				text.append(LINE).append("        ").append(Violation.printable(one.remark()));
			}
			text.append(LINE).append("        allow: ").append(allowance(violation));
			text.append(LINE).append("        or add to the baseline: ").append(Violation.printable(entry(violation)));
		}
		if (unnamed > 0) {
			text.append(LINE)
				.append(LINE)
				.append(unnamed)
				.append(" more occurrences found no place in the ledger; see loopguard.ledger.max-violations");
		}
		return text.append(LINE).toString();
	}

	private static String allowance(Violation violation) {
		return "@AllowBlocking(rule = \"" + Violation.printable(violation.rule())
				+ "\", reason = \"…\", owner = \"…\", until = \"" + LocalDate.now().plusMonths(3) + "\")";
	}

	private static String entry(Violation violation) {
		return BaselineText.line(new BaselineEntry(violation.key(), Status.ACCEPTED, "…", "…",
				LocalDate.now().plusMonths(3), null, Budget.UNLIMITED, List.of()));
	}

	/**
	 * A violation that makes a test fail.
	 *
	 * @param violation the violation
	 * @param remark why it is not tolerated, or an empty string
	 */
	record Failing(Violation violation, String remark) {

		Failing(Violation violation) {
			this(violation, "");
		}

	}

}
