package io.github.loopguard.detect.installation;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * The instrumentation that BlockHound gets. Its transformers have nothing to weave,
 * because Loopguard weaves all marks and allowances, but would parse every class that is
 * loaded. So they are not registered.
 */
public final class QuietInstrumentation {

	private static final Set<String> REGISTRATION = Set.of("addTransformer", "setNativeMethodPrefix");

	private QuietInstrumentation() {
	}

	public static Instrumentation of(Instrumentation instrumentation) {
		return (Instrumentation) Proxy.newProxyInstance(QuietInstrumentation.class.getClassLoader(),
				new Class<?>[] { Instrumentation.class },
				(proxy, method, arguments) -> REGISTRATION.contains(method.getName()) ? null
						: call(instrumentation, method, arguments));
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
