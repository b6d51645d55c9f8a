package io.github.loopguard.report.file;

import io.github.loopguard.Violation;

/**
 * A problem with a file, in one line.
 *
 * @since 0.1
 */
public final class ProblemText {

	private static final int LONGEST = 600;

	private ProblemText() {
	}

	/**
	 * Returns a message that may quote the file.
	 * @param message the message
	 * @return the message in one line, without anything that acts on a terminal, and not
	 * longer than a person reads
	 */
	public static String of(String message) {
		String line = Violation.printable(message);
		return (line.length() <= LONGEST) ? line : line.substring(0, LONGEST) + "…";
	}

	/**
	 * Returns a size for people.
	 * @param bytes the size
	 * @return the size in MB
	 */
	public static String megabytes(long bytes) {
		return Math.max(1, (bytes + (1 << 20) - 1) >> 20) + " MB";
	}

}
