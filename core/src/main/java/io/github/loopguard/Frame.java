package io.github.loopguard;

import org.jspecify.annotations.Nullable;

/**
 * A stack frame with the names in the source code.
 *
 * @param className binary name of the class, without suffixes of proxies and lambdas
 * @param methodName name of the method, or {@code null} if only the class of a method
 * reference was on the stack
 * @param fileName name of the source file, or {@code null} if unknown
 * @param lineNumber line in the source file, or -1 if unknown
 * @since 0.1
 */
public record Frame(String className, @Nullable String methodName, @Nullable String fileName, int lineNumber) {

	/**
	 * Names a frame as a person wrote it: without what compilers and proxies add.
	 * @param element the frame as the JVM names it
	 * @return the frame
	 */
	public static Frame of(StackTraceElement element) {
		return FrameNames.of(element);
	}

	@Override
	public String toString() {
		String place = (this.fileName == null) ? "Unknown Source"
				: (this.lineNumber < 0) ? this.fileName : this.fileName + ":" + this.lineNumber;
		return this.className + ((this.methodName != null) ? "." + this.methodName : "") + "(" + place + ")";
	}

}
