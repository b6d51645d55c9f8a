package io.github.loopguard.detect.blockhound;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.loopguard.detect.blockhound.BuilderTables.Mark;

/**
 * Marks that a user sets on BlockHound's builder after the integrations have been
 * applied. A single one on a native method would make the installation fail without the
 * JVM flag, so they are taken out in the last moment: when BlockHound first uses its
 * instrumentation.
 */
final class LateMarks {

	private final BuilderTables tables;

	private final List<Mark> ignored = new CopyOnWriteArrayList<>();

	private boolean taken;

	LateMarks(BuilderTables tables) {
		this.tables = tables;
	}

	/**
	 * Returns the marks that are not in force.
	 */
	List<Mark> ignored() {
		return this.ignored;
	}

	/**
	 * Lets the marks be taken when the instrumentation is first used.
	 */
	Instrumentation before(Instrumentation instrumentation) {
		return (Instrumentation) Proxy.newProxyInstance(LateMarks.class.getClassLoader(),
				new Class<?>[] { Instrumentation.class }, (proxy, method, arguments) -> {
					take();
					return call(instrumentation, method, arguments);
				});
	}

	private synchronized void take() {
		if (!this.taken) {
			this.taken = true;
			this.ignored.addAll(this.tables.takeMarks());
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
