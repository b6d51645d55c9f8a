package io.github.loopguard.detect.blockhound;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.loopguard.catalog.Hook;

/**
 * What code says of itself, as hooks. Bounded: who says something else every time is
 * known by one name.
 */
final class Declarations {

	/**
	 * Stands where BlockHound passes the name of a class.
	 */
	static final String MARKER = "io.github.loopguard.Blocking";

	private static final int LIMIT = 256;

	private final Map<String, Hook> hooks = new ConcurrentHashMap<>();

	private final Hook other = Hook.declared("code that says it may block");

	/**
	 * Returns what to call from code that may block. BlockHound decides whether the
	 * thread is an event loop and whether an allowance is in force.
	 * @param runtime BlockHound's runtime
	 * @return takes what the code says of itself
	 * @throws ReflectiveOperationException if this is another BlockHound
	 */
	static Consumer<String> receiver(Class<?> runtime) throws ReflectiveOperationException {
		MethodHandle check = MethodHandles.publicLookup()
			.findStatic(runtime, "checkBlocking",
					MethodType.methodType(void.class, String.class, String.class, int.class));
		return (what) -> call(check, what);
	}

	private static void call(MethodHandle check, String what) {
		try {
			check.invokeExact(MARKER, what, 0);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	Hook hook(String what) {
		Hook known = this.hooks.get(what);
		if (known != null) {
			return known;
		}
		return (this.hooks.size() < LIMIT) ? this.hooks.computeIfAbsent(what, Hook::declared) : this.other;
	}

}
