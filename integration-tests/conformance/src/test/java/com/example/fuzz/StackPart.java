package com.example.fuzz;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One frame, as far as it matters whose call it was.
 *
 * @param owner whose class it is, or {@code null} for one of others
 * @param at class and method as a report names them, or {@code null} for one of others
 * @param runs whether it only runs a task that it was handed
 * @param inverts whether what is outside did not ask for the call
 * @param allowed whether calls inside it are allowed
 */
record StackPart(@Nullable Owner owner, @Nullable String at, boolean runs, boolean inverts, boolean allowed) {

	/** A frame of others that delivers a signal or runs a task. */
	static final StackPart INVERSION = new StackPart(null, null, false, true, false);

	private static final Pattern NUMBER = Pattern.compile("\\$\\d+");

	static StackPart of(String text, Shape shape, Owner owner) {
		if (text.equals("!")) {
			return INVERSION;
		}
		int start = 0;
		while ("~!*^%".indexOf(text.charAt(start)) >= 0) {
			start++;
		}
		String marks = text.substring(0, start);
		String nested = text.substring(start, text.indexOf('#'));
		String method = text.substring(text.indexOf('#') + 1);
		Class<?> declaring = shape.method().getDeclaringClass();
		String className = owner.name(nested.isEmpty() ? declaring.getName() : declaring.getName() + "$" + nested);
		String at = NUMBER.matcher(className).replaceAll("\\$");
		boolean woven = marks.contains("%") && Runtime.version().feature() <= 17;
		if (!marks.matches(".*[\\^%].*") || owner == Owner.APP || woven) {
			at += "#" + (method.isEmpty() ? shape.method().getName() : method);
		}
		return new StackPart(owner, at, marks.contains("~"), marks.contains("!"),
				shape.frames().allowed() && owner == Owner.APP);
	}

}
