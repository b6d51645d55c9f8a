package io.github.loopguard.detect.installation;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/**
 * The callback of a user who installed BlockHound himself: his own, or BlockHound's,
 * which throws an error. It is called for his marks on his threads.
 */
public final class UserCallback {

	private static final String BUILDER = "reactor.blockhound.BlockHound$Builder";

	private final Consumer<BlockingMethod> callback;

	private final Predicate<Thread> threads;

	/**
	 * Creates a callback.
	 * @param callback the callback of the user's builder
	 * @param threads accepts the threads that must not block, by the user's builder
	 */
	public UserCallback(Consumer<BlockingMethod> callback, Predicate<Thread> threads) {
		this.callback = callback;
		this.threads = threads;
	}

	/**
	 * Calls the callback, unless the user's builder does not know the current thread.
	 * @param method the method that blocks
	 */
	public void accept(BlockingMethod method) {
		if (!this.threads.test(Thread.currentThread())) {
			return;
		}
		try {
			this.callback.accept(method);
		}
		catch (BlockingOperationError ex) {
			if (this.callback.getClass().getName().startsWith(BUILDER)) {
				nameMethod(ex, method);
			}
			throw ex;
		}
	}

	/**
	 * Names the method at the top of the stack, where BlockHound has it. It is missing
	 * where not the method was woven but the call of it.
	 */
	private static void nameMethod(BlockingOperationError error, BlockingMethod method) {
		StackTraceElement[] stack = error.getStackTrace();
		if (!Arrays.stream(stack).limit(1).allMatch((frame) -> is(frame, method))) {
			StackTraceElement top = new StackTraceElement(method.getClassName(), method.getName(), null, -2);
			error.setStackTrace(Stream.concat(Stream.of(top), Arrays.stream(stack)).toArray(StackTraceElement[]::new));
		}
	}

	private static boolean is(@Nullable StackTraceElement frame, BlockingMethod method) {
		return frame != null && frame.getClassName().equals(method.getClassName())
				&& frame.getMethodName().equals(method.getName());
	}

}
