package io.github.loopguard.detect.stack;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.detect.stack.ClassProfile.Kind;

/**
 * Profiles of all classes that were met on a stack, as long as the classes live.
 */
public final class ClassProfiles extends ClassValue<ClassProfile> {

	private static final AtomicLong SERIALS = new AtomicLong();

	private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

	private final ApplicationPackages applicationPackages;

	private final Allowances allowances;

	ClassProfiles(ApplicationPackages applicationPackages, Allowances allowances) {
		this.applicationPackages = applicationPackages;
		this.allowances = allowances;
	}

	@Override
	protected ClassProfile computeValue(Class<?> type) {
		return new ClassProfile(SERIALS.incrementAndGet(), kind(type), ControlInversion.of(type),
				this.allowances.concern(type.getName()));
	}

	private Kind kind(Class<?> type) {
		String name = type.getName();
		if (OwnClasses.isDetector(name)) {
			return Kind.DETECTOR;
		}
		if (isGenerated(name)) {
			return Kind.GENERATED;
		}
		ClassLoader loader = type.getClassLoader();
		if (loader == null || loader == PLATFORM || isJdkModule(type.getModule().getName()) || isPackaging(name)
				|| isAccessor(name)) {
			return Kind.JDK;
		}
		return kind(name, this.applicationPackages);
	}

	/**
	 * Returns whose a class outside the JDK is, by its name alone.
	 */
	static Kind kind(String name, ApplicationPackages applicationPackages) {
		if (applicationPackages.contain(name)) {
			return Kind.APPLICATION;
		}
		return isFramework(name) ? Kind.FRAMEWORK : Kind.LIBRARY;
	}

	/**
	 * Returns whether a class has a name as those of frameworks have.
	 * @param name binary name of the class
	 * @return whether it is Spring's, Reactor's or Netty's, unless it is the
	 * application's
	 */
	public static boolean isFramework(String name) {
		return name.startsWith("org.springframework.") || name.startsWith("reactor.") || name.startsWith("io.netty.");
	}

	/**
	 * Returns whether a class does in an executable jar what the JDK does elsewhere.
	 */
	static boolean isPackaging(String name) {
		return name.startsWith("org.springframework.boot.loader.");
	}

	/**
	 * Returns whether the JDK calls methods by reflection in a class, which may be one
	 * that it generates in the caller's name.
	 */
	static boolean isAccessor(String name) {
		return name.startsWith("jdk.internal.reflect.") || name.contains("$$InjectedInvoker");
	}

	/**
	 * Returns whether a class is generated to stand for another, or for an interface.
	 * @param name binary name of the class
	 * @return whether nobody wrote it
	 */
	public static boolean isGenerated(String name) {
		return name.contains("$$SpringCGLIB$$") || name.contains("$$EnhancerBy") || name.contains("$$FastClassBy")
				|| name.contains("$HibernateProxy$") || name.contains("$MockitoMock$") || name.startsWith("jdk.proxy")
				|| name.startsWith("com.sun.proxy.$Proxy")
				|| name.substring(name.lastIndexOf('.') + 1).startsWith("$Proxy");
	}

	/**
	 * Returns whether a frame is the JDK's, by its names alone.
	 */
	static boolean isJdk(StackTraceElement element) {
		return isJdkModule(element.getModuleName());
	}

	/**
	 * Returns whether the JDK has a module.
	 */
	static boolean isJdkModule(@Nullable String module) {
		return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
	}

}
