package io.github.loopguard.detect.stack;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names a method as its documentation does: not by the hidden class that implements it.
 */
public final class PublicApi {

	private static final ClassValue<Map<String, String>> NAMES = new ClassValue<>() {
		@Override
		protected Map<String, String> computeValue(Class<?> type) {
			return new ConcurrentHashMap<>();
		}
	};

	private static final Pattern INTERNAL = Pattern.compile("\\.(internal|internals|impl|spi)(\\.|$)");

	/**
	 * The end of the name of a class in which Kotlin keeps a part of a facade's
	 * functions.
	 */
	private static final Pattern FACADE_PART = Pattern.compile("__\\w+$");

	private PublicApi() {
	}

	/**
	 * Returns the documented name of a method.
	 * @param type class that has the method
	 * @param methodName name of the method
	 * @return class and method, such as {@code java.nio.file.Files.readString}
	 */
	public static String name(Class<?> type, String methodName) {
		Map<String, String> names = NAMES.get(type);
		String known = names.get(methodName);
		if (known != null) {
			return known;
		}
		// Outside the map: finding the methods loads classes, whose loading may find
		// names.
		String found = find(type, methodName);
		names.putIfAbsent(methodName, found);
		return found;
	}

	private static String find(Class<?> type, String methodName) {
		Class<?> documented = isDocumented(type) ? type : declaring(type, methodName);
		if (documented == null && Proxy.isProxyClass(type)) {
			documented = ProxiedCalls.declaring(type, methodName);
		}
		String className = (documented != null) ? documented.getName()
				: FACADE_PART.matcher(type.getName()).replaceFirst("");
		return className.replace('$', '.') + "." + methodName;
	}

	private static @Nullable Class<?> declaring(Class<?> type, String methodName) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (isDocumented(current) && declares(current, methodName)) {
				return current;
			}
			for (Class<?> implemented : current.getInterfaces()) {
				Class<?> found = declaring(implemented, methodName);
				if (found != null) {
					return found;
				}
			}
		}
		return null;
	}

	/**
	 * Returns whether a class declares a method for others. One that names an absent
	 * class does not say which methods it declares.
	 */
	static boolean declares(Class<?> type, String methodName) {
		try {
			for (Method method : type.getDeclaredMethods()) {
				if (method.getName().equals(methodName)
						&& (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0) {
					return true;
				}
			}
		}
		catch (LinkageError ex) {
			return false;
		}
		return false;
	}

	private static boolean isDocumented(Class<?> type) {
		return !Proxy.isProxyClass(type) && !ClassProfiles.isPackaging(type.getName())
				&& Modifier.isPublic(type.getModifiers()) && type.getModule().isExported(type.getPackageName())
				&& (type.getModule().isNamed() || !INTERNAL.matcher(type.getPackageName()).find());
	}

}
