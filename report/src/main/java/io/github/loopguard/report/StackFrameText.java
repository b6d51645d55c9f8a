package io.github.loopguard.report;

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

	static StackFrameText parse(String text) {
		int open = text.indexOf('(');
		int method = text.lastIndexOf('.', open);
		int start = text.lastIndexOf('/', open) + 1;
		if (method <= start || open <= method + 1 || !text.endsWith(")")) {
			return new StackFrameText(text, text, text, null, -1);
		}
		String place = text.substring(open + 1, text.length() - 1);
		int colon = place.indexOf(':');
		return new StackFrameText(text, text.substring(start, method), text.substring(start, open),
				(colon < 0) ? place : place.substring(0, colon), (colon < 0) ? -1 : line(place.substring(colon + 1)));
	}

	private static int line(String digits) {
		try {
			return Integer.parseInt(digits);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
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
