package com.example.clean;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/**
 * The application in a JVM of its own.
 */
final class LaunchedApplication implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private static final String PRELOADED = "Init duration for springdoc-openapi is";

	private final Process process;

	private final Path output;

	private LaunchedApplication(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Starts it from classes.
	 * @return the application
	 * @throws IOException if it cannot be started
	 */
	static LaunchedApplication fromClasses() throws IOException {
		String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
		return start("classes", "-cp", System.getProperty("clean.classes") + File.pathSeparator + libraries,
				CleanApplication.class.getName());
	}

	static LaunchedApplication fromJar() throws IOException {
		return start("jar", "-jar", System.getProperty("clean.jar"));
	}

	private static LaunchedApplication start(String form, String... arguments) throws IOException {
		Path logs = Path.of(System.getProperty("clean.logs"));
		Path output = logs.resolve("clean-" + form + ".out");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(arguments));
		command.addAll(List.of("--server.port=0", "--logging.file.name=" + logs.resolve("clean-" + form + ".log")));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new LaunchedApplication(process, output);
	}

	/**
	 * Returns the port, as soon as the application is ready and the description of its
	 * API is built.
	 */
	int port() {
		await().atMost(Duration.ofSeconds(90))
			.until(() -> output().contains(PRELOADED) && PORT.matcher(output()).find() || !this.process.isAlive());
		Matcher port = PORT.matcher(output());
		if (!port.find()) {
			throw new IllegalStateException("The application did not start:\n" + output());
		}
		return Integer.parseInt(port.group(1));
	}

	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
