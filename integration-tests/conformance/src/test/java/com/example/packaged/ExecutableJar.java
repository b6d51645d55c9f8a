package com.example.packaged;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests of this module with their class path as Spring Boot's Maven plugin packages
 * an application.
 */
final class ExecutableJar {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	private final Path file;

	private ExecutableJar(Path file) {
		this.file = file;
	}

	static ExecutableJar ofTests(Path directory, Class<?> main) throws Exception {
		Path tests = Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
		List<Path> libraries = new ArrayList<>();
		for (String entry : CLASS_PATH.split(File.pathSeparator)) {
			Path path = Path.of(entry);
			if (Files.exists(path) && !path.equals(tests)) {
				libraries.add(Files.isDirectory(path)
						? pack(path, directory.resolve("library-" + libraries.size() + ".jar")) : path);
			}
		}
		Path file = directory.resolve("tests.jar");
		Repackager repackager = new Repackager(pack(tests, directory.resolve("classes.jar")).toFile());
		repackager.setMainClass(main.getName());
		repackager.repackage(file.toFile(), (callback) -> {
			for (Path library : libraries) {
				callback.library(new Library(library.toFile(), LibraryScope.COMPILE));
			}
		});
		return new ExecutableJar(file);
	}

	ExecutableJar extracted() throws Exception {
		Path destination = this.file.resolveSibling("extracted");
		start(List.of("-Djarmode=tools", "-jar", this.file.toString(), "extract", "--destination",
				destination.toString()));
		return new ExecutableJar(destination.resolve(this.file.getFileName()));
	}

	/**
	 * Runs the program, whose tests compile libraries against the class path.
	 * @param arguments its arguments
	 * @return what it printed
	 */
	String run(List<String> arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("-XX:+EnableDynamicAgentLoading",
				"-Dlibrary.class.path=" + CLASS_PATH, "-jar", this.file.toString()));
		command.addAll(arguments);
		return start(command);
	}

	private String start(List<String> arguments) throws Exception {
		Path output = Files.createTempFile(this.file.getParent(), "output", ".txt");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
		command.addAll(arguments);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String printed = Files.readString(output);
		assertThat(process.exitValue()).as(printed).isZero();
		return printed;
	}

	private static Path pack(Path directory, Path jar) throws IOException {
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file);
				Stream<Path> found = Files.walk(directory)) {
			for (Path path : found.filter(Files::isRegularFile).sorted().toList()) {
				out.putNextEntry(new JarEntry(directory.relativize(path).toString().replace('\\', '/')));
				Files.copy(path, out);
				out.closeEntry();
			}
		}
		return jar;
	}

}
