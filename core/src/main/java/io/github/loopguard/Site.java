package io.github.loopguard;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The frame of the application at which a blocking call was made.
 *
 * @param className binary name of the class in the source code
 * @param methodName method in the source code, or {@code null} if unknown
 * @param fileName source file, or {@code null} if unknown
 * @param lineNumber line with the most occurrences, or -1 if unknown
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
	 * Returns a site.
	 * @param frame its frame
	 * @param lines occurrences by line, in the order in which they are listed
	 * @param others occurrences on other lines
	 * @return the site at the line with the most occurrences
	 */
	public static Site of(Frame frame, Map<Integer, Long> lines, long others) {
		int line = frame.lineNumber();
		long most = 0;
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Map.Entry<Integer, Long> entry : lines.entrySet()) {
			counts.put(String.valueOf(entry.getKey()), entry.getValue());
			if (entry.getValue() > most) {
				most = entry.getValue();
				line = entry.getKey();
			}
		}
		if (others > 0) {
			counts.put("other", others);
		}
		return new Site(frame.className(), frame.methodName(), frame.fileName(), line, counts);
	}

	/**
	 * Returns the frame at the line with the most occurrences.
	 * @return the frame
	 */
	public Frame frame() {
		return new Frame(this.className, this.methodName, this.fileName, this.lineNumber);
	}

}
