package io.github.loopguard.detect.blockhound;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.loopguard.catalog.Hook;

/**
 * Hooks for the operations that code declares with {@code Blocking.mayBlock}, and for
 * marks that BlockHound reports. Keeps a limited number of them; further operations share
 * one hook.
 */
final class Declarations {

	/**
	 * Passed to BlockHound in place of a class name, to recognise declarations.
	 */
	static final String MARKER = "io.github.loopguard.Blocking";

	private static final int LIMIT = 256;

	private final Map<String, Hook> hooks = new ConcurrentHashMap<>();

	private final Map<String, Map<String, Hook>> marks = new ConcurrentHashMap<>();

	private final Hook other = Hook.declared("code that says it may block");

	/**
	 * Returns the receiver of declared operations. It passes them to BlockHound, which
	 * checks whether the thread is an event loop and whether an allowance is in force.
	 * @param runtime BlockHound's runtime class
	 * @return takes the name of an operation
	 * @throws ReflectiveOperationException if the class has no such method
	 */
	static Consumer<String> receiver(Class<?> runtime) throws ReflectiveOperationException {
		MethodHandle check = MethodHandles.publicLookup()
			.findStatic(runtime, "checkBlocking",
					MethodType.methodType(void.class, String.class, String.class, int.class));
		return (operation) -> call(check, operation);
	}

	private static void call(MethodHandle check, String operation) {
		try {
			check.invokeExact(MARKER, operation, 0);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the hook of an operation. Allocates nothing for a known name.
	 */
	Hook hook(String operation) {
		Hook known = this.hooks.get(operation);
		if (known != null) {
			return known;
		}
		return (this.hooks.size() < LIMIT) ? this.hooks.computeIfAbsent(operation, Hook::declared) : this.other;
	}

	/**
	 * Returns the hook of a marked method: always the same, because a call path is known
	 * by its hook. Allocates nothing for a known method.
	 */
	Hook marked(String className, String methodName) {
		Map<String, Hook> ofClass = this.marks.get(className);
		Hook known = (ofClass != null) ? ofClass.get(methodName) : null;
		if (known != null) {
			return known;
		}
		Hook created = Hook.marked(className, methodName, null);
		if (ofClass == null && this.marks.size() >= LIMIT) {
			return created;
		}
		Hook present = this.marks.computeIfAbsent(className, (name) -> new ConcurrentHashMap<>())
			.putIfAbsent(methodName, created);
		return (present != null) ? present : created;
	}

}
