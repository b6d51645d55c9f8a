package io.github.loopguard;

import java.util.HexFormat;

/**
 * Text in which nothing acts on a terminal, hides, or starts a command of a build server.
 */
final class PrintableText {

	/** How GitHub, Azure DevOps and TeamCity recognise commands in the output. */
	private static final String COMMAND = "::";

	private static final char COMMAND_ANYWHERE = '#';

	private static final HexFormat HEX = HexFormat.of();

	private PrintableText() {
	}

	static String of(String text) {
		int start = startOfCommand(text);
		StringBuilder printable = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			int codePoint = text.codePointAt(i);
			boolean isCommand = i == start
					|| (codePoint == COMMAND_ANYWHERE && i > 0 && text.charAt(i - 1) == codePoint);
			if (isCommand || !isVisible(codePoint)) {
				for (char unit : Character.toChars(codePoint)) {
					printable.append("\\u").append(HEX.toHexDigits(unit));
				}
			}
			else {
				printable.appendCodePoint(codePoint);
			}
		}
		return printable.toString();
	}

	/**
	 * Returns where a command starts. White space before it counts for nothing.
	 */
	private static int startOfCommand(String text) {
		int start = 0;
		while (start < text.length()
				&& (Character.isWhitespace(text.charAt(start)) || Character.isSpaceChar(text.charAt(start)))) {
			start++;
		}
		return text.startsWith(COMMAND, start) ? start : -1;
	}

	private static boolean isVisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE ->
				false;
			default -> !isBlank(codePoint);
		};
	}

	/**
	 * Returns whether a letter or mark has no width: fillers, joiners, variation
	 * selectors.
	 */
	private static boolean isBlank(int codePoint) {
		return switch (codePoint) {
			case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
			default -> (codePoint >= 0x180B && codePoint <= 0x180F) || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
					|| (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
		};
	}

}
