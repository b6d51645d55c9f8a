package io.github.loopguard.test.tracking;

import java.io.File;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.loopguard.ApplicationPackages;

/**
 * Finds the application packages without a Spring context: those of classes in a
 * directory of the class path rather than in a jar.
 */
final class ApplicationDirectories {

	private static final int DEEPEST = 8;

	private static final String OURS = "io.github.loopguard";

	private ApplicationDirectories() {
	}

	static ApplicationPackages packages() {
		Set<String> packages = new TreeSet<>();
		for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
			File directory = new File(entry);
			if (!entry.isEmpty() && directory.isDirectory()) {
				collect(directory, "", 0, packages);
			}
		}
		return ApplicationPackages.of(packages);
	}

	/**
	 * Collects the topmost packages with classes, which include the packages below. The
	 * unnamed package includes none.
	 */
	private static void collect(File directory, String name, int depth, Set<String> packages) {
		File[] files = directory.listFiles();
		if (files == null || name.equals(OURS)) {
			return;
		}
		if (Arrays.stream(files).anyMatch((file) -> file.getName().endsWith(".class"))) {
			packages.add(name);
			if (!name.isEmpty()) {
				return;
			}
		}
		if (depth < DEEPEST) {
			Stream.of(files)
				.filter((file) -> Character.isJavaIdentifierStart(file.getName().charAt(0)) && file.isDirectory())
				.forEach((file) -> collect(file, name.isEmpty() ? file.getName() : name + "." + file.getName(),
						depth + 1, packages));
		}
	}

}
