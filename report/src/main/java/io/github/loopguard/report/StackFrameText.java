package io.github.loopguard.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A stack frame in the format of stack traces.
 *
 * @param text the whole text
 * @param className class, or the whole text if it has another format
 * @param method class and method
 * @param fileName source file, or {@code null} if unknown
 * @param line line, or -1 if unknown
 */
record StackFrameText(String text, String className, String method, @Nullable String fileName, int line) {

	private static final Pattern FORM = Pattern
		.compile("(?:[^/(]*/)*?(([^/(]+)\\.[^.(]+)\\(([^:()]*)(?::(\\d{1,9}))?\\)");

	static StackFrameText parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			return new StackFrameText(text, text, text, null, -1);
		}
		int line = (matcher.group(4) != null) ? Integer.parseInt(matcher.group(4)) : -1;
		return new StackFrameText(text, matcher.group(2), matcher.group(1), matcher.group(3), line);
	}

	/**
	 * Returns the location of its source.
	 * @param report the report, which has the sources
	 * @return the location, or {@code null} if the source is not in the repository
	 */
	@Nullable SourceLocation location(Report report) {
		String path = report.sources().get(this.className);
		return (path != null) ? new SourceLocation(path, this.line) : null;
	}

}
