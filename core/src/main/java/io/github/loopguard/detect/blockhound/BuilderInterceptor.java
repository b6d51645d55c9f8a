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
 * Takes out of BlockHound's builder what a user sets after the integrations have been
 * applied, in the last moment: when BlockHound first uses its instrumentation. A single
 * mark on a native method would make the installation fail without the JVM flag.
 * Allowances are taken to be woven by Loopguard.
 * <p>
 * That leaves BlockHound's own transformers nothing to weave. They are kept out, because
 * they parse every class that is loaded to find that out.
 */
final class BuilderInterceptor {

	private static final Set<String> REGISTRATION = Set.of("addTransformer", "setNativeMethodPrefix");

	private final BuilderTables tables;

	private final Consumer<Map<String, Map<String, Boolean>>> allowances;

	private final List<Mark> ignored = new CopyOnWriteArrayList<>();

	private volatile Set<String> allowed = Set.of();

	private boolean taken;

	/**
	 * Creates a takeover.
	 * @param tables the builder's tables
	 * @param allowances is told which methods of which classes may block or may not
	 */
	BuilderInterceptor(BuilderTables tables, Consumer<Map<String, Map<String, Boolean>>> allowances) {
		this.tables = tables;
		this.allowances = allowances;
	}

	/**
	 * Returns the marks that are not in force.
	 */
	List<Mark> ignored() {
		return this.ignored;
	}

	/**
	 * Returns the methods in which blocking calls are allowed.
	 */
	Set<String> allowed() {
		return this.allowed;
	}

	/**
	 * Takes over when the instrumentation is first used, and lets nobody register a
	 * transformer.
	 */
	Instrumentation before(Instrumentation instrumentation) {
		return (Instrumentation) Proxy.newProxyInstance(BuilderInterceptor.class.getClassLoader(),
				new Class<?>[] { Instrumentation.class }, (proxy, method, arguments) -> {
					take();
					return REGISTRATION.contains(method.getName()) ? null : call(instrumentation, method, arguments);
				});
	}

	private synchronized void take() {
		if (!this.taken) {
			this.taken = true;
			this.ignored.addAll(this.tables.takeMarks());
			this.allowed = this.tables.allowedMethods();
			this.allowances.accept(this.tables.takeAllowances());
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
