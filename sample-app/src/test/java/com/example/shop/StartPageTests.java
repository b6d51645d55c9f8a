package com.example.shop;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.example.shop.operation.Operations;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the start page.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS)
class StartPageTests {

	private final Operations operations;

	private final Shop shop;

	StartPageTests(@Autowired Operations operations, @LocalServerPort int port) {
		this.operations = operations;
		this.shop = new Shop(port);
	}

	@Test
	void everyOperationHasTwoButtonsAndItsSource() {
		String page = get("/");
		assertThat(this.operations.all()).hasSizeGreaterThan(40).allSatisfy((operation) -> {
			assertThat(page).contains("data-path=\"/operations/" + operation.id() + "/blocking\"")
				.contains("data-path=\"/operations/" + operation.id() + "/fixed\"")
				.contains(escape(operation.api()))
				.contains("<code>" + escape(operation.blocking().source()) + "</code>")
				.contains("<code>" + escape(operation.fixed().source()) + "</code>");
			assertThat(operation.blocking().source()).contains(" " + operation.blocking().methodName() + "(");
			assertThat(operation.fixed().source()).contains(" " + operation.fixed().methodName() + "(");
		});
	}

	@Test
	void identifiersAreUniqueAndReferencesLeadSomewhere() {
		String page = get("/");
		List<String> ids = all(page, " id=\"([^\"]+)\"");
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(ids).containsAll(all(page, "aria-labelledby=\"([^\"]+)\""))
			.containsAll(all(page, "href=\"#([^\"]+)\""))
			.containsAll(all(page, " for=\"([^\"]+)\""));
	}

	@Test
	void pageNeedsNothingFromElsewhere() {
		this.shop.client()
			.get()
			.uri("/")
			.exchange()
			.expectHeader()
			.valueMatches("Content-Security-Policy", "default-src 'none';.*script-src 'self';.*")
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff");
		assertThat(get("/")).doesNotContain("<style")
			.doesNotContain(" style=")
			.doesNotContainPattern("<script(?! src=\"/page.js\" defer></script>)")
			.doesNotContainPattern("(src|href)=\"(?!/|#)");
		assertThat(get("/page.css")).doesNotContain("url(").doesNotContain("@import");
		assertThat(get("/page.js")).doesNotContain("innerHTML");
	}

	@Test
	void servingThePageBlocksNothing() {
		Map<String, Long> before = this.shop.counts();
		for (String path : List.of("/", "/page.css", "/page.js", "/icon.svg")) {
			get(path);
		}
		assertThat(this.shop.seenSince(before)).isEmpty();
	}

	private String get(String path) {
		return this.shop.client()
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private static String escape(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

	private static List<String> all(String text, String pattern) {
		return Pattern.compile(pattern).matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
	}

}
