package io.github.loopguard;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Packages whose classes belong to the application, including their subpackages.
 *
 * @param names names of packages
 * @since 0.1
 */
public record ApplicationPackages(Set<String> names) {

	/**
	 * No packages: no class belongs to the application.
	 */
	public static final ApplicationPackages NONE = new ApplicationPackages(Set.of());

	public ApplicationPackages {
		names = Set.copyOf(names);
	}

	/**
	 * Creates packages from their names.
	 * @param names names of packages, in any order
	 * @return the packages
	 */
	public static ApplicationPackages of(Collection<String> names) {
		return new ApplicationPackages(new TreeSet<>(names));
	}

	/**
	 * Creates packages that consist of the package of a class.
	 * @param className binary name of the application's main class
	 * @return the package of the class
	 */
	public static ApplicationPackages ofClass(String className) {
		return of(List.of(packageOf(className)));
	}

	/**
	 * Returns whether a class belongs to the application. Allocates only the name of its
	 * package.
	 * @param className binary name of a class
	 * @return whether it is in one of these packages or a subpackage
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
	 * Returns these packages together with others.
	 * @param others packages to add
	 * @return a copy with all packages
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
