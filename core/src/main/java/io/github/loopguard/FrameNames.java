package io.github.loopguard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names a stack frame as a person wrote it: without what compilers and proxies add.
 */
final class FrameNames {

	private static final Pattern LAMBDA_METHOD = Pattern.compile("lambda\\$(?:(.+?)(?:\\$[0-9a-f]{6,8})?\\$)?\\d+");

	private static final Pattern KOTLIN_METHOD = Pattern
		.compile("(.+?)\\$(?:lambda\\$\\d+(?:\\$.*)?|suspendImpl|default)");

	private static final Pattern KOTLIN_COROUTINE = Pattern.compile("(.+?)\\$([^$]+)\\$\\d+(?:\\$.*)?");

	private FrameNames() {
	}

	static Frame of(StackTraceElement element) {
		String className = element.getClassName();
		String methodName = element.getMethodName();
		int lambda = className.indexOf("$$Lambda");
		if (lambda >= 0) {
			return new Frame(className.substring(0, lambda), null, null, -1);
		}
		Matcher coroutine = KOTLIN_COROUTINE.matcher(className);
		if ("invokeSuspend".equals(methodName) && coroutine.matches()) {
			return new Frame(coroutine.group(1), coroutine.group(2), element.getFileName(), element.getLineNumber());
		}
		int generated = className.indexOf("$$");
		return new Frame((generated > 0) ? className.substring(0, generated) : className, method(methodName),
				element.getFileName(), element.getLineNumber());
	}

	private static @Nullable String method(String methodName) {
		Matcher lambda = LAMBDA_METHOD.matcher(methodName);
		if (!lambda.matches()) {
			Matcher kotlin = KOTLIN_METHOD.matcher(methodName);
			return kotlin.matches() ? kotlin.group(1) : methodName;
		}
		String enclosing = lambda.group(1);
		if (enclosing == null || "null".equals(enclosing)) {
			return null;
		}
		return switch (enclosing) {
			case "new" -> "<init>";
			case "static" -> "<clinit>";
			default -> enclosing;
		};
	}

}
