package com.example.matrix;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A class path of the application, made from what the build has resolved.
 *
 * @param entries jars and folders
 */
record ClassPath(List<String> entries) {

	static final Path TARGET = Path.of("target").toAbsolutePath();

	/**
	 * The application's classes and its jars.
	 */
	static ClassPath application() {
		return of(TARGET.resolve("runtime.classpath"));
	}

	/**
	 * The application's classes and the jars of another line of Spring Boot.
	 */
	static ClassPath application(String line) {
		return of(Path.of("boot-" + line, "target", "runtime.classpath"));
	}

	/**
	 * A jar that only tests know.
	 */
	static Path jar(String name) {
		return testJars(name).findFirst().orElseThrow(() -> new IllegalStateException("There is no jar " + name));
	}

	/**
	 * Takes jars out.
	 * @param names regular expression for the beginning of their names
	 */
	ClassPath without(String names) {
		Pattern pattern = Pattern.compile("(" + names + ")\\b.*\\.jar");
		return new ClassPath(this.entries.stream()
			.filter((entry) -> !pattern.matcher(Path.of(entry).getFileName().toString()).matches())
			.toList());
	}

	ClassPath with(Path... more) {
		return and(Stream.of(more));
	}

	/**
	 * Adds jars that only tests know.
	 * @param names regular expression for the beginning of their names
	 */
	ClassPath withTestJars(String names) {
		return and(testJars(names));
	}

	/**
	 * Adds the ways to start the application that this module has besides its own.
	 */
	ClassPath withLaunchers() {
		return with(TARGET.resolve("test-classes"));
	}

	/**
	 * Adds a folder with a provider file.
	 */
	ClassPath withVariant(String name) {
		return with(Path.of("src", "test", "variants", name).toAbsolutePath());
	}

	/**
	 * Takes the application's classes from another folder.
	 */
	ClassPath withClassesIn(Path folder) {
		List<String> entries = new ArrayList<>(this.entries);
		entries.set(0, folder.toString());
		return new ClassPath(entries);
	}

	String find(String name) {
		return this.entries.stream()
			.filter((entry) -> Path.of(entry).getFileName().toString().startsWith(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("There is no jar " + name));
	}

	@Override
	public String toString() {
		return String.join(File.pathSeparator, this.entries);
	}

	private ClassPath and(Stream<Path> more) {
		return new ClassPath(Stream.concat(this.entries.stream(), more.map(Path::toString)).distinct().toList());
	}

	private static Stream<Path> testJars(String names) {
		Pattern pattern = Pattern.compile("(" + names + ")\\b.*\\.jar");
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Arrays.stream(classPath.split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> pattern.matcher(entry.getFileName().toString()).matches());
	}

	private static ClassPath of(Path file) {
		try {
			return new ClassPath(Stream
				.concat(Stream.of(TARGET.resolve("classes").toString()),
						Arrays.stream(Files.readString(file).strip().split(File.pathSeparator)))
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The build has not written " + file, ex);
		}
	}

}
