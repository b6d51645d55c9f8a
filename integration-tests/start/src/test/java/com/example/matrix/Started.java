package com.example.matrix;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application in a process of its own.
 */
final class Started implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile(" started on port (\\d+)");

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final @Nullable Process process;

	private final Path output;

	private final String up;

	Started(@Nullable Process process, Path output, String up) {
		this.process = process;
		this.output = output;
		this.up = up;
	}

	/**
	 * Asks the server for a page, once it is up.
	 */
	String get(String path) throws IOException, InterruptedException {
		awaitOutput(this.up, 1);
		List<String> ports = PORT.matcher(output()).results().map((result) -> result.group(1)).toList();
		return get(ports.get(0), path);
	}

	String get(String port, String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).as("%s answers %s", path, response.body()).isEqualTo(200);
		return response.body();
	}

	void delete(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + ports().get(0) + path))
			.DELETE()
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).as("deletion of %s", path).isBetween(200, 204);
	}

	/**
	 * Returns the ports of all servers in the order in which they came up.
	 */
	List<String> ports() throws IOException {
		return PORT.matcher(output()).results().map((MatchResult result) -> result.group(1)).toList();
	}

	JsonNode report() throws IOException, InterruptedException {
		return json(get("/actuator/blocking"));
	}

	static JsonNode json(String text) {
		return new JsonMapper().readTree(text);
	}

	void awaitOutput(String text, int times) {
		await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> occurrences(text) >= times || isOver());
		if (occurrences(text) < times) {
			throw new AssertionError("The output does not say '" + text + "':\n" + output());
		}
	}

	void awaitEnd() throws InterruptedException {
		if (this.process != null) {
			assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ends").isTrue();
		}
	}

	int exitCode() throws InterruptedException {
		awaitEnd();
		return (this.process != null) ? this.process.exitValue() : -1;
	}

	long pid() {
		return (this.process != null) ? this.process.pid() : -1;
	}

	/**
	 * Returns the warnings of Loopguard's own, findings apart.
	 */
	List<String> warnings() {
		return output().lines()
			.filter((line) -> line.contains(" WARN ") && line.contains("Loopguard"))
			.filter((line) -> !line.contains("Blocking call on event loop"))
			.toList();
	}

	String output() {
		try {
			return Files.exists(this.output) ? Files.readString(this.output) : "";
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() throws InterruptedException {
		if (this.process != null) {
			this.process.destroyForcibly();
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
	}

	private boolean isOver() {
		return this.process != null && !this.process.isAlive();
	}

	private int occurrences(String text) {
		return output().split(Pattern.quote(text), -1).length - 1;
	}

}
