package com.example.shop.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.report.ReportBuilder;
import io.github.loopguard.report.ReportFormat;
import io.github.loopguard.report.ReportWriter;
import io.github.loopguard.report.SourceFinder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that tests leave behind, opened from disk.
 */
@Tag("any-jdk")
class ReportPageBrowserTests {

	private static final String EVIL = "com.acme.</script><img src=x onerror=alert(1)>";

	@TempDir
	private static Path directory;

	private static Browser browser;

	@BeforeAll
	static void openBrowser() throws Exception {
		browser = Browser.openOrSkip("the report", Files.createDirectories(directory.resolve("profile")));
		writeReport();
	}

	@AfterAll
	static void closeBrowser() throws Exception {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void openPage() throws IOException {
		browser.go(directory.resolve("report.html").toUri().toString());
	}

	@Test
	void showsEveryViolation() {
		assertThat(texts("details.violation .site")).containsExactlyInAnyOrder("Invoices.render", "Orders.list",
				EVIL.substring(EVIL.lastIndexOf('.') + 1) + ".x");
		assertThat(texts("#totals dd")).containsExactly("3", "2", "9", "4");
		assertThat(text("details[data-id='000000000002'] summary")).contains("java.net.InetAddress.getByName",
				"dns-lookup", "tolerated", "5 times");
	}

	@Test
	void showsWhatIsKnownOfAViolation() {
		browser.evaluate("document.querySelector(\"details[data-id='000000000001'] summary\").click()");
		browser.evaluate("new Promise((done) => setTimeout(done, 50))");
		assertThat(text("details[data-id='000000000001'] .body")).contains("read it once", "com.acme.Invoices.render",
				"Invoices.java:42", "com.acme.InvoiceTests#renders", "com.acme.InvoiceTests#prints",
				"GET /invoices/{id}", "com.acme.Invoices.render(Invoices.java:42)");
	}

	@Test
	void noNameBecomesMarkup() {
		assertThat(browser.evaluate("document.images.length").asInt()).isZero();
		assertThat(browser.evaluate("document.title").asString()).isEqualTo("Loopguard report");
		assertThat(text("#groups")).contains("<img src=x");
	}

	@Test
	void findsAndGroups() {
		search("invoices renders");
		assertThat(texts("details.violation .site")).containsExactly("Invoices.render");
		assertThat(text("#found")).isEqualTo("1 of 3 violations");
		browser.evaluate("document.querySelector('input[value=test]').click()");
		assertThat(texts("#groups h3")).hasSize(2).allMatch((title) -> title.contains("com.acme.InvoiceTests#"));
		search("");
		browser.evaluate("document.getElementById('tolerated').click()");
		assertThat(texts("#groups h3")).noneMatch((title) -> title.contains("OrderTests"));
	}

	@Test
	void sizesStacksByTimeOrCount() {
		assertThat(width("Invoices.render")).isGreaterThan(width("Orders.list"));
		browser.evaluate("document.querySelector('input[value=count]').click()");
		assertThat(width("Invoices.render")).isLessThan(width("Orders.list"));
	}

	@Test
	void stacksAreReachedByKeyboard() {
		browser.evaluate("document.querySelector('#icicle [tabindex=\"0\"]').focus()");
		browser.press("ArrowDown", 40);
		assertThat(browser.evaluate("document.activeElement.textContent").asString()).isEqualTo("Invoices.render");
		browser.press("Enter", 13);
		assertThat(browser.evaluate("document.getElementById('unzoom').disabled").asBoolean()).isFalse();
		assertThat(text("#frame")).contains("Invoices.render", "%");
		browser.press("Escape", 27);
		assertThat(browser.evaluate("document.getElementById('unzoom').disabled").asBoolean()).isTrue();
		assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle").asString())
			.isEqualTo("solid");
	}

	@ParameterizedTest
	@ValueSource(ints = { 320, 390, 1280 })
	void nothingIsCutOff(int width) {
		browser.resize(width, 800);
		browser.evaluate("document.querySelectorAll('summary').forEach((summary) => summary.click())");
		browser.evaluate("new Promise((done) => setTimeout(done, 50))");
		assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
		assertThat(browser.texts("tooSmall()")).as("targets smaller than 24 px, whose size tells nothing")
			.allMatch((target) -> target.contains("class=\"cell"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void everyTextHasContrast(String scheme) {
		browser.prefer(scheme);
		browser.evaluate("document.querySelectorAll('summary').forEach((summary) => summary.click())");
		browser.evaluate("new Promise((done) => setTimeout(done, 50))");
		assertThat(browser.texts("lowContrast(4.5)")).isEmpty();
		assertThat(browser.evaluate("luminance(background(document.body)) > 0.5").asBoolean())
			.isEqualTo(scheme.equals("light"));
	}

	@Test
	void readsAloud() {
		List<JsonNode> nodes = browser.accessibilityTree();
		assertThat(Browser.names(nodes, "searchbox")).containsExactly("Find");
		assertThat(Browser.names(nodes, "radio")).containsExactly("rule", "site", "test", "held time",
				"number of calls", "yours", "all");
		assertThat(Browser.names(nodes, "tree")).containsExactly("Where the time went");
		assertThat(Browser.names(nodes, "treeitem")).hasSizeGreaterThan(3)
			.allMatch((name) -> name.contains("%"), "tells how much it is");
		assertThat(Browser.names(nodes, "heading")).contains("What blocked event loops", "Violations")
			.doesNotContain("");
	}

	private static void writeReport() throws IOException {
		Files.createDirectories(directory.resolve(".git"));
		Path source = directory.resolve("src/main/java/com/acme");
		Files.createDirectories(source);
		for (String name : List.of("Invoices.java", "Orders.java")) {
			Files.writeString(source.resolve(name), "package com.acme;");
		}
		SourceFinder sources = SourceFinder.of(directory, "");
		ReportBuilder report = new ReportBuilder().module("web").tracked("com.acme.InvoiceTests#quick");
		Violation read = violation("000000000001", "file-read", "java.nio.file.Files.readString", "com.acme.Invoices",
				"render", 1, 80);
		add(report, read, "com.acme.InvoiceTests#renders", null, sources);
		add(report, read, "com.acme.InvoiceTests#prints", null, sources);
		add(report, violation("000000000002", "dns-lookup", "java.net.InetAddress.getByName", "com.acme.Orders", "list",
				5, 20), "com.acme.OrderTests#lists", "baseline, accepted: since 2025", sources);
		add(report, violation("000000000003", "sleep", "java.lang.Thread.sleep", EVIL, "x", 2, 10),
				"com.acme.EvilTests#x", null, sources);
		for (String test : List.of("InvoiceTests#renders", "InvoiceTests#prints", "OrderTests#lists")) {
			report.tracked("com.acme." + test);
		}
		ReportWriter.write(report.build(Instant.now()), directory, EnumSet.of(ReportFormat.HTML));
	}

	private static void add(ReportBuilder report, Violation violation, String test, @Nullable String tolerated,
			SourceFinder sources) {
		Site site = violation.site();
		report.add(violation, test, tolerated,
				List.of(new StackTraceElement("java.nio.file.Files", "readString", "Files.java", 1),
						new StackTraceElement(site.className(), site.methodName(), site.fileName(), 42),
						new StackTraceElement("reactor.core.publisher.MonoMap", "onNext", "MonoMap.java", 106)),
				sources);
	}

	private static Violation violation(String id, String rule, String api, String className, String method, long count,
			int heldMillis) {
		Held held = new Held(count, Duration.ofMillis(heldMillis), Duration.ofMillis(heldMillis), null);
		String file = className.contains("<") ? "Evil.java"
				: className.substring(className.lastIndexOf('.') + 1) + ".java";
		Site site = new Site(className, method, file, 42, Map.of("42", count));
		return new Violation(id, rule, api, List.of("blockhound"), Origin.APPLICATION, Action.LOG, null, null, site,
				null, null, count, Instant.now(), Instant.now(), 0, 0, held, new Waited(null), List.of("parallel-1"),
				"GET /invoices/{id}", null, "docs/blocking-operations.md#" + rule, "read it once at start-up");
	}

	private static void search(String words) {
		browser.evaluate("{ const find = document.getElementById('find'); find.value = '%s'; ".formatted(words)
				+ "find.dispatchEvent(new Event('input', { bubbles: true })) }");
	}

	private static double width(String frame) {
		return browser
			.evaluate("[...document.querySelectorAll('.cell')].find((cell) => cell.textContent === '%s').offsetWidth"
				.formatted(frame))
			.asDouble();
	}

	private static String text(String selector) {
		return browser.evaluate("document.querySelector(\"%s\").textContent".formatted(selector)).asString();
	}

	private static List<String> texts(String selector) {
		return browser.texts("[...document.querySelectorAll('%s')].map((it) => it.textContent)".formatted(selector));
	}

}
