package com.example.attribution;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.example.http.TestClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import io.github.loopguard.Action;
import io.github.loopguard.Offender;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Application code that blocks, on the loops of a real server: it is named as a person
 * wrote it.
 */
@SpringBootTest(classes = AttributionApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class AttributionTests {

	private static final String LIBRARY = """
			package org.acme.pdf;
			public class Renderer implements java.util.function.UnaryOperator<String> {
				public String apply(String path) {
					return "" + Template.length(path);
				}
			}
			""";

	private static final String LIBRARY_INSIDE = """
			class Template {
				static long length(String path) {
					try {
						return java.nio.file.Files.readAllBytes(java.nio.file.Path.of(path)).length;
					}
					catch (java.io.IOException ex) {
						throw new java.io.UncheckedIOException(ex);
					}
				}
			}
			""";

	@TempDir
	static Path directory;

	@LocalServerPort
	private int port;

	@BeforeEach
	void clear() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void lambdaIsNamedByItsMethod() {
		assertAttributed(get("/attribution/lambda"), "file-read", "java.nio.file.Files.readString", Routes.class,
				"lambda");
	}

	@Test
	void helperCalledByANestedLambdaInFusedOperatorsIsAccused() {
		assertAttributed(get("/attribution/fused"), "file-read", "java.nio.file.Files.readString", Helper.class,
				"read");
	}

	@Test
	void bridgeMethodIsNamedAsTheMethodItLeadsTo() {
		assertAttributed(get("/attribution/bridge-method"), "file-read", "java.nio.file.Files.readAllLines",
				Helper.class, "apply");
	}

	@Test
	void anonymousClassIsAccused() {
		Violation violation = get("/attribution/anonymous");
		assertThat(violation.rule()).isEqualTo("file-stat");
		assertThat(violation.site().className()).isEqualTo(Routes.class.getName() + "$1");
		assertThat(violation.site().methodName()).isEqualTo("get");
	}

	@Test
	void serviceBehindAClassProxyIsNamedWithoutTheProxy() {
		Violation violation = get("/attribution/class-proxy");
		assertAttributed(violation, "file-read", "java.nio.file.Files.readString", InvoiceService.class, "render");
		assertThat(violation.toString()).doesNotContain("$$");
	}

	@Test
	void serviceBehindAnInterfaceProxyIsNamedWithoutTheProxy() {
		Violation violation = get("/attribution/interface-proxy");
		assertAttributed(violation, "file-read", "java.nio.file.Files.readAllBytes", FilePriceSource.class, "price");
		assertThat(violation.toString()).doesNotContain("$Proxy");
	}

	@Test
	void callerOfABlockingLibraryIsTheSiteAndTheLibraryTheOffender() {
		useLibrary("acme-pdf-2.1.jar");
		Violation violation = get("/attribution/library");
		assertSite(violation, Routes.class, "callsLibrary");
		assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(violation.action()).isEqualTo(Action.LOG);
		Offender offender = offenderWithLibrary(violation);
		assertThat(offender.className()).isEqualTo("org.acme.pdf.Template");
		assertThat(offender.methodName()).isEqualTo("length");
		assertThat(offender.library().jar()).isEqualTo("acme-pdf-2.1.jar");
		assertThat(offender.library().artifactId()).isEqualTo("acme-pdf");
		assertThat(offender.library().version()).isEqualTo("2.1");
	}

	@Test
	void methodReferenceToALibraryNamesTheMethodThatContainsIt() {
		useLibrary("acme-pdf-2.2.jar");
		Violation violation = get("/attribution/method-reference");
		assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
		assertSite(violation, Routes.class, "methodReference");
		assertThat(violation.formerKeys()).extracting(ViolationKey::at)
			.as("what Loopguard 0.1 knew of it")
			.containsExactly(Routes.class.getName());
		assertThat(offenderWithLibrary(violation).library().jar()).isEqualTo("acme-pdf-2.2.jar");
	}

	@Test
	void serializerThatALibraryCallsBackIsAccusedRatherThanTheController() {
		Violation violation = get("/attribution/serializer");
		assertThat(violation.rule()).isEqualTo("sleep");
		assertSite(violation, Report.SleepingSerializer.class, "serialize");
	}

	@Test
	void callAfterALazyOneInTheSameMethodIsACallOfItsOwn() {
		request("/attribution/lines-then-string");
		List<Violation> violations = Loopguard.instance().ledger().violations();
		assertThat(violations).extracting(Violation::api)
			.containsExactlyInAnyOrder("java.nio.file.Files.lines", "java.nio.file.Files.readString");
		assertThat(violations).allSatisfy((it) -> assertThat(it.count()).isEqualTo(1));
	}

	@SuppressWarnings("unchecked")
	private void useLibrary(String jarName) {
		Map<String, String> sources = Map.of("org.acme.pdf.Renderer", LIBRARY + LIBRARY_INSIDE);
		Routes.library = (UnaryOperator<String>) LibraryJar.newInstance(directory.resolve(jarName + ".d"), jarName,
				sources);
	}

	private void assertAttributed(Violation violation, String rule, String api, Class<?> type, String method) {
		assertThat(violation.rule()).isEqualTo(rule);
		assertThat(violation.api()).isEqualTo(api);
		assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(violation.action()).isEqualTo(Action.LOG);
		assertThat(violation.count()).isEqualTo(1);
		assertSite(violation, type, method);
		assertThat(violation.offender().className()).isEqualTo(type.getName());
	}

	private void assertSite(Violation violation, Class<?> type, String method) {
		Site site = violation.site();
		assertThat(site.className()).isEqualTo(type.getName());
		assertThat(site.methodName()).isEqualTo(method);
		assertThat(site.lineNumber()).isPositive();
		assertThat(site.lines()).containsOnlyKeys("" + site.lineNumber());
	}

	private Offender offenderWithLibrary(Violation violation) {
		return await().atMost(Duration.ofSeconds(10))
			.until(() -> Loopguard.instance().ledger().violation(violation.id()).orElseThrow().offender(),
					(offender) -> offender.library() != null);
	}

	private Violation get(String path) {
		request(path);
		return AttributionApplication.only();
	}

	private void request(String path) {
		TestClients.of(this.port).get().uri(path).exchange().expectStatus().isOk().expectBody().returnResult();
	}

}
