package io.github.loopguard.cli;

import java.io.PrintWriter;

import io.github.loopguard.Frame;
import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportedViolation;

/**
 * Prints violations.
 */
final class Listing {

	private final PrintWriter out;

	Listing(PrintWriter out) {
		this.out = out;
	}

	/**
	 * Prints one violation with what to do about it.
	 * @param report the report that it is from
	 * @param violation the violation
	 * @param remark what else is to be said, or an empty string
	 */
	void print(Report report, ReportedViolation violation, String remark) {
		this.out.println(summary(report, violation) + (remark.isEmpty() ? "" : " (" + remark + ")"));
		this.out.println("    fix: " + violation.fix());
		if (!violation.tests().isEmpty()) {
			String more = (violation.tests().size() > 1) ? " and " + (violation.tests().size() - 1) + " more" : "";
			this.out.println("    seen in " + violation.tests().get(0).name() + more);
		}
	}

	static String summary(Report report, ReportedViolation violation) {
		Frame place = violation.place();
		String source = (place != null) ? report.sources().get(place.className()) : null;
		String where = (place == null) ? "unknown code"
				: (source != null) ? source + ":" + place.lineNumber() : place.toString();
		return where + ": " + violation.api() + " [" + violation.rule() + "], "
				+ ((violation.count() == 1) ? "once" : violation.count() + " times");
	}

	static String count(int number, String noun) {
		return number + " " + noun + ((number == 1) ? "" : "s");
	}

}
