package io.github.loopguard;

import org.jspecify.annotations.Nullable;

/**
 * The code that made the blocking call: the first frame outside the JDK.
 *
 * @param className binary name of the class that made the call
 * @param methodName method that made the call, or {@code null} if unknown
 * @param fileName source file, or {@code null} if unknown
 * @param lineNumber line, or -1 if unknown
 * @param library library of the class, or {@code null} if the class comes from a
 * directory or from the application itself
 * @since 0.1
 */
public record Offender(String className, @Nullable String methodName, @Nullable String fileName, int lineNumber,
		@Nullable Library library) {

	/**
	 * Returns the frame that made the call.
	 * @return the frame, without the library
	 */
	public Frame frame() {
		return new Frame(this.className, this.methodName, this.fileName, this.lineNumber);
	}

}
