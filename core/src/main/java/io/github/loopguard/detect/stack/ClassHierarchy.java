package io.github.loopguard.detect.stack;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Looks at the names of a class and all its supertypes.
 */
public final class ClassHierarchy {

	private ClassHierarchy() {
	}

	/**
	 * Returns whether the name of a class or of one of its supertypes matches.
	 * @param type the class
	 * @param name matches names
	 * @return whether one matches
	 */
	public static boolean anyMatch(Class<?> type, Predicate<String> name) {
		for (Class<?> current = type; current != null; current = superclass(current)) {
			if (name.test(current.getName())) {
				return true;
			}
			for (Class<?> implemented : current.getInterfaces()) {
				if (anyMatch(implemented, name)) {
					return true;
				}
			}
		}
		return false;
	}

	private static @Nullable Class<?> superclass(Class<?> type) {
		return type.getSuperclass();
	}

}
