package com.example.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to start the application.
 *
 * @param java the command
 * @param options options of the JVM
 * @param what what is started: a class with its class path, or a jar
 * @param arguments arguments of the application
 * @param up text in the output that says that the application is up
 */
record Launch(Path java, List<String> options, List<String> what, List<String> arguments, String up) {

	/**
	 * As spring-boot:run does: half the time, and nothing else differs.
	 */
	private static final List<String> FAST = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");

	private static final String APPLICATION = "com.example.start.StartApplication";

	static Launch executableJar() {
		return jar(ClassPath.TARGET.resolve("loopguard-start-tests-0.1.0-SNAPSHOT-exec.jar"));
	}

	static Launch jar(Path jar) {
		return of(List.of("-jar", jar.toString()));
	}

	static Launch application(ClassPath classPath) {
		return main(APPLICATION, classPath);
	}

	/**
	 * Starts the application by a class of this module's tests.
	 */
	static Launch launcher(String name, ClassPath classPath) {
		return main("com.example.launcher." + name, classPath.withLaunchers());
	}

	Launch onRuntime(Path home) {
		return new Launch(home.resolve("bin").resolve("java"), this.options, this.what, this.arguments, this.up);
	}

	Launch option(String... more) {
		return new Launch(this.java, and(this.options, more), this.what, this.arguments, this.up);
	}

	Launch argument(String... more) {
		return new Launch(this.java, this.options, this.what, and(this.arguments, more), this.up);
	}

	Launch upWith(String text) {
		return new Launch(this.java, this.options, this.what, this.arguments, text);
	}

	Started start() throws IOException {
		Path output = Files.createTempFile(Files.createDirectories(ClassPath.TARGET.resolve("starts")), "start",
				".log");
		List<String> command = new ArrayList<>();
		command.add(this.java.toString());
		command.addAll(this.options);
		command.addAll(this.what);
		command.addAll(this.arguments);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new Started(process, output, this.up);
	}

	private static Launch main(String name, ClassPath classPath) {
		return of(List.of("-cp", classPath.toString(), name));
	}

	private static Launch of(List<String> what) {
		return new Launch(Path.of(System.getProperty("java.home"), "bin", "java"), FAST, what, List.of(),
				" started on port ");
	}

	private static List<String> and(List<String> some, String... more) {
		return Stream.concat(some.stream(), Stream.of(more)).toList();
	}

}
