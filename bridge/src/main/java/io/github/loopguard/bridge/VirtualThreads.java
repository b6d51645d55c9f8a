package io.github.loopguard.bridge;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * Virtual threads where the JDK has them, reached by reflection because the code is
 * compiled for Java 17.
 */
final class VirtualThreads {

	private static final @Nullable Method OF_VIRTUAL = ofVirtual();

	private VirtualThreads() {
	}

	static boolean available() {
		return OF_VIRTUAL != null;
	}

	/**
	 * Returns a factory of virtual threads named {@code prefix} and a number.
	 */
	static ThreadFactory factory(String prefix) {
		if (OF_VIRTUAL == null) {
			throw new IllegalStateException("No virtual threads on JDK " + Runtime.version().feature());
		}
		try {
			Class<?> builder = Class.forName("java.lang.Thread$Builder");
			Object named = builder.getMethod("name", String.class, long.class)
				.invoke(OF_VIRTUAL.invoke(null), prefix, 1L);
			return (ThreadFactory) builder.getMethod("factory").invoke(named);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("No virtual threads on JDK " + Runtime.version().feature(), ex);
		}
	}

	private static @Nullable Method ofVirtual() {
		// JDK 19 and 20 had the method as a preview, which throws when called.
		if (Runtime.version().feature() < 21) {
			return null;
		}
		try {
			return Thread.class.getMethod("ofVirtual");
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

}
