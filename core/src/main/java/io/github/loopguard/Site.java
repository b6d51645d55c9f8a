package io.github.loopguard;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The application's frame.
 *
 * @param className class that a person wrote
 * @param methodName method that a person wrote, or {@code null} if unknown
 * @param fileName source file, or {@code null} if unknown
 * @param lineNumber line on which it happened most often, or -1 if unknown
 * @param lines occurrences by line; at most 16 lines, then {@code other}
 * @since 0.1
 */
public record Site(String className, @Nullable String methodName, @Nullable String fileName, int lineNumber,
		Map<String, Long> lines) {

	/**
	 * Most lines that are counted apart.
	 */
	public static final int MAX_LINES = 16;

	/**
	 * Returns where it happened most often.
	 * @return the frame
	 */
	public Frame frame() {
		return new Frame(this.className, this.methodName, this.fileName, this.lineNumber);
	}

}
