package com.example.launch;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/**
 * A test application in a JVM of its own.
 */
final class LaunchedApplication implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	/**
	 * As spring-boot:run does: half the time, and nothing else differs.
	 */
	private static final List<String> FAST = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");

	private static final Duration START = Duration.ofSeconds(90);

	private final Process process;

	private final Path output;

	private LaunchedApplication(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static LaunchedApplication start(Class<?> main, Map<String, String> environment, List<String> jvmArguments,
			String... arguments) throws IOException {
		return start(classPath(), main, environment, jvmArguments, arguments);
	}

	/**
	 * Starts an application without a library that would be on its class path.
	 */
	static LaunchedApplication startWithout(String library, Class<?> main, Map<String, String> environment,
			List<String> jvmArguments, String... arguments) throws IOException {
		String classPath = Arrays.stream(classPath().split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).getFileName().toString().startsWith(library))
			.collect(Collectors.joining(File.pathSeparator));
		return start(classPath, main, environment, jvmArguments, arguments);
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private static LaunchedApplication start(String classPath, Class<?> main, Map<String, String> environment,
			List<String> jvmArguments, String... arguments) throws IOException {
		Path output = Files.createTempFile("launched", ".log");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(FAST);
		command.addAll(jvmArguments);
		command.addAll(List.of("-cp", classPath, main.getName(), "--server.port=0",
				"--management.endpoints.web.exposure.include=health,blocking,metrics"));
		command.addAll(Arrays.asList(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().putAll(environment);
		return new LaunchedApplication(builder.start(), output);
	}

	/**
	 * Waits for the server and asks it for a page.
	 */
	String get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(address(path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	/**
	 * Waits for the server and returns the address of a page.
	 */
	URI address(String path) throws IOException {
		await().atMost(START).until(() -> PORT.matcher(output()).find() || !this.process.isAlive());
		Matcher port = PORT.matcher(output());
		if (!port.find()) {
			throw new IllegalStateException("The application did not start:\n" + output());
		}
		return URI.create("http://localhost:" + port.group(1) + path);
	}

	int exitCode() throws InterruptedException {
		if (!this.process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
			throw new IllegalStateException("The application did not exit:\n" + outputOf(this.output));
		}
		return this.process.exitValue();
	}

	/**
	 * Asks the process to end.
	 * @return its exit code
	 */
	int terminate() throws InterruptedException {
		this.process.destroy();
		return exitCode();
	}

	String output() throws IOException {
		return Files.readString(this.output);
	}

	@Override
	public void close() throws IOException {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Files.delete(this.output);
	}

	private static String outputOf(Path output) {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
