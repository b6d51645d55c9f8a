package com.example.shop.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.example.shop.operation.Operation;
import com.example.shop.operation.Operations;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The start page in a real browser, as people use it: by mouse, by keyboard, on a phone,
 * in the dark, and read aloud.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS)
@Tag("any-jdk")
class StartPageBrowserTests {

	private static final int TAB = 9;

	private static final int ENTER = 13;

	@TempDir
	private static Path profile;

	private static Browser browser;

	private final Operations operations;

	private final int port;

	StartPageBrowserTests(@Autowired Operations operations, @LocalServerPort int port) {
		this.operations = operations;
		this.port = port;
	}

	@BeforeAll
	static void openBrowser() throws Exception {
		Optional<Path> command = Browser.command();
		if (command.isEmpty()) {
			System.out.println("NOTICE: Chromium is not installed; the start page is not tested in a browser");
		}
		Assumptions.assumeTrue(command.isPresent(), "Chromium is not installed");
		browser = Browser.open(command.orElseThrow(), profile);
	}

	@AfterAll
	static void closeBrowser() throws Exception {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void openPage() throws IOException {
		browser.resize(1280, 900);
		browser.prefer("light");
		browser.go("http://localhost:" + this.port + "/");
		browser.evaluate(script());
	}

	@Test
	void everyButtonShowsItsFinding() {
		SoftAssertions softly = new SoftAssertions();
		for (Operation operation : this.operations.all()) {
			String found = press(operation, "blocking");
			if (operation.comesWith() == null) {
				softly.assertThat(found)
					.as("blocking %s", operation.id())
					.contains(operation.rule())
					.containsPattern("\\w+Operations\\.java:\\d+")
					.contains("held")
					.doesNotContain("not as")
					.doesNotContain("No violation");
			}
			press(operation, "fixed");
			softly.assertThat(press(operation, "fixed")).as("fixed %s", operation.id()).isEqualTo("No violation");
		}
		softly.assertAll();
	}

	@Test
	void findingsAreReachedByKeyboard() {
		browser.press("Tab", TAB);
		assertThat(browser.evaluate("document.activeElement.className").asString()).isEqualTo("skip");
		browser.press("Enter", ENTER);
		for (int i = 0; i < 20 && !focusIsOn("button.blocking"); i++) {
			browser.press("Tab", TAB);
		}
		assertThat(focusIsOn("button.blocking")).isTrue();
		assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle").asString())
			.isEqualTo("solid");
		browser.press("Enter", ENTER);
		assertThat(browser.evaluate("settled(document.activeElement.closest('.operation'))").asString())
			.contains("held");
		assertThat(focusIsOn("button.blocking")).as("the focus stays").isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 320, 390, 1280 })
	void nothingIsCutOff(int width) {
		browser.resize(width, 800);
		press(this.operations.all().get(0), "blocking");
		assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
		assertThat(strings(browser.evaluate("tooSmall()"))).as("targets smaller than 24 px").isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void everyTextHasContrast(String scheme) {
		browser.prefer(scheme);
		press(this.operations.all().get(0), "blocking");
		press(this.operations.all().get(1), "fixed");
		assertThat(strings(browser.evaluate("lowContrast(4.5)"))).isEmpty();
		assertThat(browser.evaluate("luminance(background(document.body)) > 0.5").asBoolean())
			.isEqualTo(scheme.equals("light"));
	}

	@Test
	void readsAloud() {
		List<JsonNode> nodes = browser.accessibilityTree().valueStream().toList();
		List<String> buttons = names(nodes, "button");
		assertThat(buttons).hasSize(2 * this.operations.all().size()).doesNotHaveDuplicates();
		assertThat(names(nodes, "heading")).hasSizeGreaterThan(this.operations.all().size()).doesNotContain("");
		assertThat(names(nodes, "link")).doesNotContain("");
		assertThat(names(nodes, "searchbox")).containsExactly("Find");
		assertThat(nodes.stream().filter((node) -> role(node).equals("main"))).hasSize(1);
		assertThat(browser.evaluate("[...document.querySelectorAll('.result')].every((it) => it.role === 'status')")
			.asBoolean()).isTrue();
	}

	private String press(Operation operation, String form) {
		return browser.evaluate("pressed('%s', '%s')".formatted(operation.id(), form)).asString();
	}

	private static boolean focusIsOn(String selector) {
		return browser.evaluate("document.activeElement.matches('%s')".formatted(selector)).asBoolean();
	}

	private static List<String> names(List<JsonNode> nodes, String role) {
		return nodes.stream()
			.filter((node) -> role(node).equals(role))
			.map((node) -> node.path("name").path("value").asString(""))
			.toList();
	}

	private static String role(JsonNode node) {
		return node.path("role").path("value").asString("");
	}

	private static List<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	private static String script() throws IOException {
		try (InputStream script = StartPageBrowserTests.class.getResourceAsStream("/browser/look.js")) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
