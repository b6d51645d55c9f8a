package io.github.loopguard.cli;

import java.io.PrintWriter;

import io.github.loopguard.Frame;
import io.github.loopguard.Violation;
import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportedViolation;

/**
 * Prints lines in which nothing acts on a terminal or a build server.
 */
final class Listing {

	private final PrintWriter out;

	Listing(PrintWriter out) {
		this.out = out;
	}

	/**
	 * Prints a line, which may contain what others have written.
	 * @param line the line
	 */
	void print(String line) {
		this.out.println(Violation.printable(line));
	}

	/**
	 * Prints one violation with its fix.
	 * @param report the report of the violation
	 * @param reported the violation
	 * @param remark a remark, or an empty string
	 */
	void print(Report report, ReportedViolation reported, String remark) {
		print(summary(report, reported) + (remark.isEmpty() ? "" : " (" + remark + ")"));
		print("    fix: " + reported.violation().fix());
		if (!reported.tests().isEmpty()) {
			String more = (reported.tests().size() > 1) ? " and " + (reported.tests().size() - 1) + " more" : "";
			print("    seen in " + reported.tests().get(0).name() + more);
		}
	}

	static String summary(Report report, ReportedViolation reported) {
		Violation violation = reported.violation();
		Frame place = reported.place();
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
