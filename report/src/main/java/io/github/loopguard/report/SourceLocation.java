package io.github.loopguard.report;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;

/**
 * A line of a source file.
 *
 * @param path path from the root of the repository
 * @param line line, or -1 if unknown
 */
record SourceLocation(String path, int line) {

	/**
	 * Returns where to show a violation: its site or offender, else the innermost frame
	 * whose source is in the repository, else the test.
	 * @return the location, or {@code null} if no source is in the repository
	 */
	static @Nullable SourceLocation of(Report report, ReportedViolation violation) {
		Frame place = violation.place();
		String path = (place != null) ? report.sources().get(place.className()) : null;
		if (place != null && path != null) {
			return new SourceLocation(path, place.lineNumber());
		}
		for (ReportedStack stack : violation.stacks()) {
			for (int frame : stack.frames()) {
				SourceLocation location = StackFrameText.parse(report.frames().get(frame)).location(report);
				if (location != null) {
					return location;
				}
			}
		}
		return violation.tests()
			.stream()
			.filter((test) -> test.source() != null)
			.findFirst()
			.map((test) -> new SourceLocation(String.valueOf(test.source()), 1))
			.orElse(null);
	}

}
