package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.loopguard.detect.blockhound.BuilderTables.Mark;

/**
 * Removes from BlockHound's builder the marks and allowances that a user sets after the
 * integrations have been applied. It does so at the last moment, when BlockHound first
 * uses its instrumentation. Without the JVM flag, a single mark on a native method would
 * make the installation fail; allowances are woven by Loopguard instead.
 * <p>
 * BlockHound's own transformers then have nothing to weave, but would parse every class
 * that is loaded. They are not registered.
 */
final class BuilderInterceptor {

	private static final Set<String> REGISTRATION = Set.of("addTransformer", "setNativeMethodPrefix");

	private final BuilderTables tables;

	private final Consumer<Map<String, Map<String, Boolean>>> allowances;

	private final List<Mark> ignoredMarks = new CopyOnWriteArrayList<>();

	private volatile Set<String> allowedMethods = Set.of();

	private boolean cleared;

	/**
	 * Creates an interceptor.
	 * @param tables the builder's tables
	 * @param allowances receives the removed allowances: methods by the binary names of
	 * their classes, with whether they may block
	 */
	BuilderInterceptor(BuilderTables tables, Consumer<Map<String, Map<String, Boolean>>> allowances) {
		this.tables = tables;
		this.allowances = allowances;
	}

	/**
	 * Returns the marks that were set too late to become hooks.
	 */
	List<Mark> ignoredMarks() {
		return this.ignoredMarks;
	}

	/**
	 * Returns the methods in which blocking calls are allowed.
	 */
	Set<String> allowedMethods() {
		return this.allowedMethods;
	}

	/**
	 * Returns the instrumentation to give to BlockHound. Its first use clears the
	 * builder's tables; registrations of transformers are ignored.
	 */
	Instrumentation intercept(Instrumentation instrumentation) {
		return (Instrumentation) Proxy.newProxyInstance(BuilderInterceptor.class.getClassLoader(),
				new Class<?>[] { Instrumentation.class }, (proxy, method, arguments) -> {
					clearTables();
					return REGISTRATION.contains(method.getName()) ? null : call(instrumentation, method, arguments);
				});
	}

	private synchronized void clearTables() {
		if (!this.cleared) {
			this.cleared = true;
			this.ignoredMarks.addAll(this.tables.removeMarks());
			this.allowedMethods = this.tables.allowedMethods();
			this.allowances.accept(this.tables.removeAllowances());
		}
	}

	private static Object call(Instrumentation instrumentation, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(instrumentation, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
