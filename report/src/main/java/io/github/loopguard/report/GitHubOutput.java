package io.github.loopguard.report;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Violation;

/**
 * Output for GitHub Actions: annotations of a pull request and the summary of a run.
 *
 * @since 0.1
 */
public final class GitHubOutput {

	/**
	 * GitHub shows at most ten warnings of a step.
	 */
	private static final int ANNOTATIONS = 10;

	private static final int ROWS = 50;

	private GitHubOutput() {
	}

	/**
	 * Returns a workflow command for each violation that is not tolerated.
	 * @param report the report
	 * @return lines to print, at most ten
	 */
	public static List<String> annotations(Report report) {
		return report.untolerated()
			.stream()
			.limit(ANNOTATIONS)
			.map((reported) -> annotation(reported, SourceLocation.of(report, reported)))
			.toList();
	}

	/**
	 * Returns a table of the violations that are not tolerated.
	 * @param report the report
	 * @return Markdown, empty if there are no violations
	 */
	public static String summary(Report report) {
		List<ReportedViolation> violations = report.untolerated();
		if (violations.isEmpty()) {
			return "";
		}
		StringBuilder summary = new StringBuilder("### Event loops were blocked");
		if (report.module() != null && !report.module().isEmpty()) {
			summary.append(" in ").append(cell(report.module()));
		}
		summary.append("\n\n| where | call | rule | times | held | seen in |\n|---|---|---|---:|---:|---|\n");
		violations.stream().limit(ROWS).forEach((violation) -> summary.append(row(report, violation)));
		if (violations.size() > ROWS) {
			summary.append("\nand ").append(violations.size() - ROWS).append(" more; see report.html\n");
		}
		return summary.append('\n').toString();
	}

	private static String annotation(ReportedViolation reported, @Nullable SourceLocation location) {
		String place = (location == null) ? ""
				: "file=" + property(location.path()) + ",line=" + Math.max(1, location.line()) + ",";
		String level = (reported.violation().action() == Action.FAIL) ? "error" : "warning";
		return "::" + level + " " + place + "title="
				+ property("Blocking call on an event loop [" + reported.violation().rule() + "]") + "::"
				+ data(ReportText.sentence(reported));
	}

	private static String row(Report report, ReportedViolation reported) {
		Violation violation = reported.violation();
		SourceLocation location = SourceLocation.of(report, reported);
		Frame place = reported.place();
		String where = (location != null) ? location.path() + ":" + Math.max(1, location.line())
				: (place != null) ? place.toString() : "unknown";
		return Stream
			.of(where, violation.api(), violation.rule(), String.valueOf(reported.concernedCount()),
					ReportText.duration(violation.held().total()), ReportText.tests(reported))
			.map(GitHubOutput::cell)
			.reduce("|", (row, cell) -> row + " " + cell + " |") + "\n";
	}

	/**
	 * Escapes characters that would end a row or be read as markup.
	 */
	private static String cell(String text) {
		return Violation.printable(text.replaceAll("\\s+", " "))
			.replaceAll("([\\\\|`*_\\[\\]~$])", "\\\\$1")
			.replace("&", "&amp;")
			.replace("<", "&lt;");
	}

	private static String data(String text) {
		return Violation.printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
	}

	private static String property(String text) {
		return data(text).replace(":", "%3A").replace(",", "%2C");
	}

}
