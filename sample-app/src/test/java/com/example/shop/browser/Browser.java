package com.example.shop.browser;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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

import org.junit.jupiter.api.Assumptions;
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
	 * Opens the browser, or skips the tests where it is not installed.
	 * @param subject what is not tested then
	 * @param profile an empty directory
	 */
	static Browser openOrSkip(String subject, Path profile) throws IOException, InterruptedException {
		Optional<Path> command = command();
		if (command.isEmpty()) {
			System.out.println("NOTICE: Chromium is not installed; " + subject + " is not tested in a browser");
		}
		Assumptions.assumeTrue(command.isPresent(), "Chromium is not installed");
		return open(command.orElseThrow(), profile);
	}

	private static Optional<Path> command() {
		return Stream.of("chromium", "chromium-browser", "google-chrome")
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(":")).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static Browser open(Path command, Path profile) throws IOException, InterruptedException {
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
	 * Goes to a page as it looks on a desk by day, waits for it, and brings the functions
	 * that look at it.
	 */
	void go(String address) throws IOException {
		resize(1280, 900);
		prefer("light");
		this.page.call("Page.navigate", Map.of("url", address));
		await().atMost(Duration.ofSeconds(90))
			.until(() -> evaluate("location.href + ' ' + document.readyState").asString()
				.equals(address + " complete"));
		try (InputStream script = Browser.class.getResourceAsStream("/browser/look.js")) {
			evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
		}
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
	 * Evaluates an expression that is an array of texts.
	 */
	List<String> texts(String expression) {
		return evaluate(expression).valueStream().map(JsonNode::asString).toList();
	}

	/**
	 * Returns what a screen reader is told.
	 */
	List<JsonNode> accessibilityTree() {
		this.page.call("Accessibility.enable", Map.of());
		return this.page.call("Accessibility.getFullAXTree", Map.of()).path("nodes").valueStream().toList();
	}

	/**
	 * Returns what a screen reader calls the elements of a role.
	 */
	static List<String> names(List<JsonNode> nodes, String role) {
		return nodes.stream()
			.filter((node) -> node.path("role").path("value").asString("").equals(role))
			.map((node) -> node.path("name").path("value").asString(""))
			.toList();
	}

	@Override
	public void close() throws InterruptedException {
		this.page.close();
		// They may write to the profile when the browser has ended.
		List<ProcessHandle> helpers = this.process.descendants().toList();
		this.process.destroy();
		if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
		helpers.forEach(ProcessHandle::destroyForcibly);
		await().atMost(Duration.ofSeconds(10)).until(() -> helpers.stream().noneMatch(ProcessHandle::isAlive));
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
