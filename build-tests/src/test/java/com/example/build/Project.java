package com.example.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of a Maven project.
 *
 * @param directory where it is
 * @param repository where its dependencies come from
 */
record Project(Path directory, LocalRepository repository) {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * Copies another project, with what was built there.
	 */
	static Project copy(Path source, Path target, LocalRepository repository) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Path copy = target.resolve(source.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
				}
			}
		}
		return new Project(target, repository);
	}

	/**
	 * Compiles and tests.
	 */
	Result test(String... arguments) throws IOException, InterruptedException {
		return run("test", Map.of(), arguments);
	}

	/**
	 * Tests what has been compiled already.
	 */
	Result retest(String... arguments) throws IOException, InterruptedException {
		return retest(Map.of(), arguments);
	}

	Result retest(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
		return run("org.apache.maven.plugins:maven-surefire-plugin:" + System.getProperty("build.surefire.version")
				+ ":test", environment, arguments);
	}

	private Result run(String goal, Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("build.maven.home"), "bin", "mvn").toString());
		command.addAll(List.of("-B", "-ntp", "-s", this.repository.settings().toString(),
				"-Dmaven.repo.local=" + this.repository.path(), "-Dstyle.color=never"));
		command.add("-Dloopguard.version=" + System.getProperty("build.version"));
		for (String name : List.of("spring-boot", "surefire", "compiler", "resources")) {
			command.add("-D" + name + ".version=" + System.getProperty("build." + name + ".version"));
		}
		command.addAll(List.of(arguments));
		command.add(goal);
		Path output = Files.createTempFile(this.directory.getParent(), "maven", ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeAll(List.of("CI", "MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_CONFIG"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().putAll(environment);
		Process process = builder.start();
		if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			throw new IllegalStateException("Maven did not end within " + PATIENCE + ":\n" + Files.readString(output));
		}
		return new Result(process.exitValue(), Files.readString(output));
	}

	Path baseline() {
		return this.directory.resolve("loopguard-baseline.json");
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
	 * How a build ended.
	 *
	 * @param status exit status of Maven
	 * @param output what it printed
	 */
	record Result(int status, String output) {
	}

}
