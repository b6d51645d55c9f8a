package com.example.shop.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * Chromium without a window, and one page in it.
 */
final class Browser implements AutoCloseable {

	private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");

	private final Process process;

	private final DevTools page;

	private Browser(Process process, DevTools page) {
		this.process = process;
		this.page = page;
	}

	/**
	 * Returns the browser's command, if it is installed.
	 */
	static Optional<Path> command() {
		return Stream.of("chromium", "chromium-browser", "google-chrome")
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(":")).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	static Browser open(Path command, Path profile) throws IOException, InterruptedException {
		Path output = profile.resolve("output.log");
		Process process = new ProcessBuilder(command.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
				"--no-first-run", "--remote-debugging-port=0", "--user-data-dir=" + profile.resolve("data"),
				"about:blank")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> !process.isAlive() || LISTENING.matcher(Files.readString(output)).find());
		Matcher address = LISTENING.matcher(Files.readString(output));
		if (!address.find()) {
			throw new IllegalStateException("The browser did not start:\n" + Files.readString(output));
		}
		return new Browser(process, DevTools.connect(pageOf(address.group(1))));
	}

	/**
	 * Goes to a page and waits for it.
	 */
	void go(String address) {
		this.page.call("Page.navigate", Map.of("url", address));
		await().atMost(Duration.ofSeconds(90))
			.until(() -> evaluate("location.href + ' ' + document.readyState").asString()
				.equals(address + " complete"));
	}

	/**
	 * Evaluates an expression in the page, waiting for a promise to be kept.
	 */
	JsonNode evaluate(String expression) {
		JsonNode answer = this.page.call("Runtime.evaluate",
				Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
		if (answer.has("exceptionDetails")) {
			throw new IllegalStateException(answer.path("exceptionDetails").toString());
		}
		return answer.path("result").path("value");
	}

	/**
	 * Presses a key.
	 */
	void press(String key, int code) {
		String text = key.equals("Enter") ? "\r" : "";
		this.page.call("Input.dispatchKeyEvent", Map.of("type", text.isEmpty() ? "rawKeyDown" : "keyDown", "key", key,
				"code", key, "windowsVirtualKeyCode", code, "text", text));
		this.page.call("Input.dispatchKeyEvent",
				Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
	}

	void resize(int width, int height) {
		this.page.call("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
	}

	void prefer(String scheme) {
		this.page.call("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Returns what a screen reader is told.
	 */
	JsonNode accessibilityTree() {
		this.page.call("Accessibility.enable", Map.of());
		return this.page.call("Accessibility.getFullAXTree", Map.of()).path("nodes");
	}

	@Override
	public void close() throws InterruptedException {
		this.page.close();
		this.process.destroy();
		if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

	private static URI pageOf(String authority) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + "/json/list")).build();
		String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
		return new JsonMapper().readTree(answer)
			.valueStream()
			.filter((target) -> "page".equals(target.path("type").asString()))
			.map((target) -> URI.create(target.path("webSocketDebuggerUrl").asString()))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("The browser has no page: " + answer));
	}

}
