package com.example.mistakes;

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

	private static final Path WORK = Path.of(System.getProperty("mistakes.work"));

	private final Process process;

	private final Path output;

	private LaunchedApplication(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static LaunchedApplication fromClasses(int redis) throws IOException {
		String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
		return start("classes", redis, "-cp", System.getProperty("mistakes.classes") + File.pathSeparator + libraries,
				MistakesApplication.class.getName());
	}

	static LaunchedApplication fromJar(int redis) throws IOException {
		return start("jar", redis, "-jar", System.getProperty("mistakes.jar"));
	}

	static LaunchedApplication extracted(int redis) throws IOException, InterruptedException {
		Path jar = Path.of(System.getProperty("mistakes.jar"));
		Path destination = WORK.resolve("extracted");
		Process extraction = new ProcessBuilder(java(), "-XX:TieredStopAtLevel=1", "-Djarmode=tools", "-jar",
				jar.toString(), "extract", "--force", "--destination", destination.toString())
			.inheritIO()
			.start();
		if (extraction.waitFor() != 0) {
			throw new IllegalStateException("The executable jar could not be extracted");
		}
		return start("extracted", redis, "-jar", destination.resolve(jar.getFileName()).toString());
	}

	private static LaunchedApplication start(String form, int redis, String... arguments) throws IOException {
		Path output = WORK.resolve("mistakes-" + form + ".out");
		List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1"));
		command.addAll(List.of(arguments));
		command.addAll(List.of("--server.port=0", "--spring.data.redis.port=" + redis));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new LaunchedApplication(process, output);
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	int port() {
		await().atMost(Duration.ofSeconds(90)).until(() -> PORT.matcher(output()).find() || !this.process.isAlive());
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
