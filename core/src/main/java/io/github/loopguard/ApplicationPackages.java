package io.github.loopguard;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packages whose classes are the application's, with all packages below them.
 *
 * @param names names of packages
 * @since 0.1
 */
public record ApplicationPackages(Set<String> names) {

	/**
	 * No application is known.
	 */
	public static final ApplicationPackages NONE = new ApplicationPackages(Set.of());

	public ApplicationPackages {
		names = Set.copyOf(names);
	}

	/**
	 * Returns packages with these names.
	 * @param names names of packages
	 * @return the packages
	 */
	public static ApplicationPackages of(Collection<String> names) {
		return new ApplicationPackages(new TreeSet<>(names));
	}

	/**
	 * Returns the package of a class.
	 * @param className binary name of the application's main class
	 * @return its package
	 */
	public static ApplicationPackages ofClass(String className) {
		return of(List.of(packageOf(className)));
	}

	/**
	 * Tells whether a class is the application's.
	 * @param className binary name of a class
	 * @return whether it is in one of these packages or below
	 */
	public boolean contain(String className) {
		String name = packageOf(className);
		for (String candidate : this.names) {
			if (name.equals(candidate) || (!candidate.isEmpty() && name.length() > candidate.length()
					&& name.charAt(candidate.length()) == '.' && name.startsWith(candidate))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Adds packages.
	 * @param others more packages
	 * @return these and the others
	 */
	public ApplicationPackages and(ApplicationPackages others) {
		Set<String> all = new TreeSet<>(this.names);
		all.addAll(others.names);
		return new ApplicationPackages(all);
	}

	private static String packageOf(String className) {
		int end = className.lastIndexOf('.');
		return (end < 0) ? "" : className.substring(0, end);
	}

}
