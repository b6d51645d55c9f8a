package com.example.shop.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import com.example.shop.operation.Operation;
import com.example.shop.operation.Operations;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
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
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The start page in a real browser, as people use it: by mouse, by keyboard, on a phone,
 * in the dark, and read aloud.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "loopguard.loop-monitor.enabled=true", "loopguard.loop-monitor.grace=0s" })
@DirtiesContext
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
		browser = Browser.openOrSkip("the start page", profile);
	}

	@AfterAll
	static void closeBrowser() throws Exception {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void openPage() throws IOException {
		browser.go("http://localhost:" + this.port + "/");
	}

	@Test
	void everyButtonShowsItsFinding() {
		SoftAssertions softly = new SoftAssertions();
		for (Operation operation : this.operations.all()) {
			String found = press(operation, "blocking");
			softly.assertThat(found)
				.as("blocking %s", operation.id())
				.contains(operation.rule())
				.containsPattern("\\w+Operations\\.java:\\d+")
				.contains("held")
				.doesNotContain("not as")
				.doesNotContain("No violation");
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
		assertThat(browser.texts("tooSmall()")).as("targets smaller than 24 px").isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void everyTextHasContrast(String scheme) {
		browser.prefer(scheme);
		press(this.operations.all().get(0), "blocking");
		press(this.operations.all().get(1), "fixed");
		assertThat(browser.texts("lowContrast(4.5)")).isEmpty();
		assertThat(browser.evaluate("luminance(background(document.body)) > 0.5").asBoolean())
			.isEqualTo(scheme.equals("light"));
	}

	@Test
	void readsAloud() {
		List<JsonNode> nodes = browser.accessibilityTree();
		List<String> buttons = Browser.names(nodes, "button");
		assertThat(buttons).hasSize(2 * this.operations.all().size()).doesNotHaveDuplicates();
		assertThat(Browser.names(nodes, "heading")).hasSizeGreaterThan(this.operations.all().size()).doesNotContain("");
		assertThat(Browser.names(nodes, "link")).doesNotContain("");
		assertThat(Browser.names(nodes, "searchbox")).containsExactly("Find");
		assertThat(Browser.names(nodes, "main")).hasSize(1);
		assertThat(browser.evaluate("[...document.querySelectorAll('.result')].every((it) => it.role === 'status')")
			.asBoolean()).isTrue();
	}

	private String press(Operation operation, String form) {
		return browser.evaluate("pressed('%s', '%s')".formatted(operation.id(), form)).asString();
	}

	private static boolean focusIsOn(String selector) {
		return browser.evaluate("document.activeElement.matches('%s')".formatted(selector)).asBoolean();
	}

}
