package io.github.loopguard.detect.installation;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * BlockHound's runtime class, which exists once BlockHound is installed and is visible to
 * every class loader.
 */
public final class RuntimeClass {

	private static final String NAME = "reactor.blockhound.BlockHoundRuntime";

	private static final String THREADS = "threadPredicate";

	private static final String DYNAMIC_THREADS = "dynamicThreadPredicate";

	private static final String CALLBACK = "blockingMethodConsumer";

	private RuntimeClass() {
	}

	/**
	 * Returns whether BlockHound was installed in this JVM, by whomever.
	 * @return whether the class is there
	 */
	public static boolean isPresent() {
		try {
			type();
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	/**
	 * Returns the class.
	 * @return the class
	 * @throws ClassNotFoundException if BlockHound is not installed
	 */
	public static Class<?> type() throws ClassNotFoundException {
		return Class.forName(NAME, false, null);
	}

	/**
	 * Replaces the receiver of all reports.
	 * @param callback takes class, method and modifiers
	 */
	public static void callback(Consumer<Object[]> callback) {
		set(CALLBACK, callback);
	}

	/**
	 * Sets the receivers of the methods that {@link WovenRuntime} adds.
	 * @param entered takes the number of a hook that is entered
	 * @param exited takes the number of a hook that is left
	 * @return whether the class has the methods
	 */
	public static boolean hooks(IntConsumer entered, IntConsumer exited) {
		try {
			type().getField(WovenRuntime.ENTERED).set(null, entered);
			type().getField(WovenRuntime.EXITED).set(null, exited);
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

	/**
	 * Adds threads that must not block. Threads that reported before keep their state.
	 * @param threads accepts them; asked once for each thread
	 * @param dynamicThreads accepts those that are asked about at each call
	 */
	@SuppressWarnings("unchecked")
	public static void addThreads(Predicate<Thread> threads, Predicate<Thread> dynamicThreads) {
		set(THREADS, ((Predicate<Thread>) get(THREADS)).or(threads));
		set(DYNAMIC_THREADS, ((Predicate<Thread>) get(DYNAMIC_THREADS)).or(dynamicThreads));
	}

	/**
	 * Returns whether BlockHound was installed with a builder.
	 * @param threads predicate that was set in the builder
	 * @return whether BlockHound asks it
	 */
	public static boolean asks(Predicate<Thread> threads) {
		return get(THREADS) == threads;
	}

	private static Object get(String field) {
		try {
			return type().getField(field).get(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("BlockHound's runtime has no accessible " + field, ex);
		}
	}

	private static void set(String field, Object value) {
		try {
			type().getField(field).set(null, value);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("BlockHound's runtime has no accessible " + field, ex);
		}
	}

}
