package com.example.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory in which something is built.
 *
 * @param directory where it is
 */
record Workspace(Path directory) {

	/**
	 * Short builds end before optimising Maven's code would pay.
	 */
	private static final String FAST = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * Copies files into it.
	 */
	Workspace with(Path source) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Path copy = this.directory.resolve(source.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
				}
			}
		}
		return this;
	}

	/**
	 * Changes a file.
	 */
	void edit(String file, String text, String replacement) {
		try {
			Path path = this.directory.resolve(file);
			String before = Files.readString(path);
			if (!before.contains(text)) {
				throw new IllegalArgumentException(file + " does not contain " + text);
			}
			Files.writeString(path, before.replace(text, replacement));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs a build tool with this JVM's JDK.
	 */
	Result run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
		Path output = Files.createTempFile(this.directory.getParent(), "build", ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment()
			.keySet()
			.removeAll(List.of("CI", "MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_CONFIG", "GRADLE_OPTS", "JAVA_OPTS"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().put("MAVEN_OPTS", FAST);
		builder.environment().putAll(environment);
		Process process = builder.start();
		if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			throw new IllegalStateException(
					command + " did not end within " + PATIENCE + ":\n" + Files.readString(output));
		}
		return new Result(process.exitValue(), Files.readString(output));
	}

	/**
	 * How a build ended.
	 *
	 * @param status exit status
	 * @param output what was printed
	 */
	record Result(int status, String output) {
	}

}
