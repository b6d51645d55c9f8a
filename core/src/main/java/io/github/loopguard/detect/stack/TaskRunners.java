package io.github.loopguard.detect.stack;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.stack.StackReader.Seen;

/**
 * Recognises code that runs a task which it was handed, such as a decorator of tasks. It
 * did not ask for what the task does.
 */
final class TaskRunners {

	private TaskRunners() {
	}

	/**
	 * Returns whether a frame runs a task that it was handed.
	 * @param frame the frame
	 * @param callee the frame that it called, or {@code null} if it is the first one
	 */
	static boolean runs(StackFrame frame, @Nullable Seen callee) {
		return isTask(callee)
				&& (runs(frame.getDeclaringClass(), frame.getMethodName()) || hasTaskParameter(frame.getDescriptor()));
	}

	/**
	 * Returns whether a method, of which only the name is known, runs a task that it was
	 * handed.
	 */
	static boolean runs(Class<?> type, String methodName, @Nullable Seen callee) {
		return isTask(callee) && (runs(type, methodName) || hasTaskParameter(type, methodName));
	}

	private static boolean runs(Class<?> type, String methodName) {
		return isExecutor(type) || (isTask(type, methodName) && hasTaskField(type));
	}

	private static boolean isTask(@Nullable Seen frame) {
		return frame != null && isTask(frame.type(), frame.element().getMethodName());
	}

	private static boolean isTask(Class<?> type, String methodName) {
		return ("run".equals(methodName) && Runnable.class.isAssignableFrom(type))
				|| ("call".equals(methodName) && Callable.class.isAssignableFrom(type));
	}

	private static boolean isExecutor(Class<?> type) {
		return Executor.class.isAssignableFrom(type) || Thread.class.isAssignableFrom(type);
	}

	private static boolean hasTaskParameter(String descriptor) {
		String parameters = descriptor.substring(0, descriptor.indexOf(')'));
		return parameters.contains("Ljava/lang/Runnable;") || parameters.contains("Ljava/util/concurrent/Callable;");
	}

	private static boolean hasTaskParameter(Class<?> type, String methodName) {
		try {
			return Arrays.stream(type.getDeclaredMethods())
				.filter((method) -> method.getName().equals(methodName))
				.flatMap((method) -> Arrays.stream(method.getParameterTypes()))
				.anyMatch((parameter) -> parameter == Runnable.class || parameter == Callable.class);
		}
		catch (LinkageError ex) {
			return false;
		}
	}

	private static boolean hasTaskField(Class<?> type) {
		try {
			for (Class<?> current = type; current != null; current = superclass(current)) {
				for (Field field : current.getDeclaredFields()) {
					if (field.getType() == Runnable.class || field.getType() == Callable.class) {
						return true;
					}
				}
			}
		}
		catch (LinkageError ex) {
			// A field's class is missing, which does not concern the task.
			return false;
		}
		return false;
	}

	private static @Nullable Class<?> superclass(Class<?> type) {
		return type.getSuperclass();
	}

}
