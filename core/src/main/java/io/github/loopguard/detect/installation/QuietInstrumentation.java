package io.github.loopguard.detect.installation;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The instrumentation that BlockHound gets. Its transformers have nothing to weave,
 * because Loopguard weaves all marks and allowances, but would parse every class that is
 * loaded. So they are not registered, and where the builder is woven not even made.
 */
public final class QuietInstrumentation implements InvocationHandler {

	private static final Set<String> REGISTRATION = Set.of("addTransformer", "setNativeMethodPrefix");

	private final Instrumentation instrumentation;

	private QuietInstrumentation(Instrumentation instrumentation) {
		this.instrumentation = instrumentation;
	}

	/**
	 * Returns an instrumentation that registers no transformers.
	 * @param instrumentation does all else
	 * @return the instrumentation for BlockHound
	 */
	public static Instrumentation of(Instrumentation instrumentation) {
		return (Instrumentation) Proxy.newProxyInstance(QuietInstrumentation.class.getClassLoader(),
				new Class<?>[] { Instrumentation.class }, new QuietInstrumentation(instrumentation));
	}

	/**
	 * Returns whether an instrumentation registers no transformers.
	 */
	static boolean isQuiet(Instrumentation instrumentation) {
		return Proxy.isProxyClass(instrumentation.getClass())
				&& Proxy.getInvocationHandler(instrumentation) instanceof QuietInstrumentation;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
		if (REGISTRATION.contains(method.getName())) {
			return null;
		}
		try {
			return method.invoke(this.instrumentation, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
