package io.github.loopguard.report.file;

import java.util.regex.Pattern;

/**
 * Names in files: what the JVM permits, without the characters that act on a terminal or
 * change the direction of text.
 *
 * @since 0.1
 */
public final class Names {

	/** The suffix of a hidden class. */
	private static final Pattern HIDDEN = Pattern.compile("/(0x)?[0-9a-f]+$");

	private static final Pattern CLASS = Pattern.compile("[^.;\\[/#]++(\\.[^.;\\[/#]++)*+");

	private static final Pattern METHOD = Pattern.compile("<init>|<clinit>|[^.;\\[/<>]++");

	private static final Pattern PATH = Pattern.compile("(?!/)(?!\\.\\.(/|$)).+");

	private Names() {
	}

	/**
	 * Returns whether a text is the name of a class.
	 * @param name the text
	 * @return {@code true} if it is
	 */
	public static boolean isClass(String name) {
		return isPlain(name) && CLASS.matcher(HIDDEN.matcher(name).replaceFirst("")).matches();
	}

	/**
	 * Returns whether a text is the name of a method.
	 * @param name the text
	 * @return {@code true} if it is
	 */
	public static boolean isMethod(String name) {
		return isPlain(name) && METHOD.matcher(name).matches();
	}

	/**
	 * Returns whether a text is class and method of a test.
	 * @param name the text
	 * @return {@code true} if it is
	 */
	public static boolean isTest(String name) {
		int hash = name.indexOf('#');
		return hash > 0 && isClass(name.substring(0, hash)) && isMethod(name.substring(hash + 1));
	}

	/**
	 * Returns whether a text is class and method of a test, or its class.
	 * @param name the text
	 * @return {@code true} if it is
	 */
	public static boolean isTestOrClass(String name) {
		return isClass(name) || isTest(name);
	}

	/**
	 * Returns whether a text is a path beneath a directory.
	 * @param path the text
	 * @return {@code true} if it is
	 */
	public static boolean isPath(String path) {
		return isPlain(path) && PATH.matcher(path).matches() && !path.contains("/../") && !path.endsWith("/..");
	}

	/**
	 * Returns whether a text has no control character, no line end, no half of a
	 * character, and does not change its direction.
	 * @param text the text
	 * @return {@code true} if it is plain
	 */
	public static boolean isPlain(String text) {
		return text.codePoints().noneMatch(Names::isForbidden);
	}

	private static boolean isForbidden(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
				true;
			default -> codePoint == 0x061C || codePoint == 0x200E || codePoint == 0x200F
					|| (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
		};
	}

}
