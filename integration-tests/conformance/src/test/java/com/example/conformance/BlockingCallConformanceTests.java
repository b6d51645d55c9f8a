package com.example.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.security.Security;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation of the reference, on a real event loop behind a real port: found with
 * the right rule, site and count, and silent in its fixed form.
 */
class BlockingCallConformanceTests {

	/**
	 * What call hooks cannot find, with the reason. An operation that is found after all
	 * has to leave this list.
	 */
	private static final Map<String, String> LIMITS = Map.of("Waiting.synchronizedContended",
			"left to the loop monitor: entering a monitor is no call", "Waiting.heavyComputation",
			"left to the loop monitor: computing is no call");

	private static Conformance conformance;

	@BeforeAll
	static void start() throws IOException {
		Security.setProperty("networkaddress.cache.ttl", "0");
		conformance = Conformance.start();
	}

	@AfterAll
	static void stop() {
		conformance.close();
	}

	static List<Operation> operations() {
		return conformance.operations();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void findsTheCallAndIsSilentAboutItsFixedForm(Operation operation) {
		Outcome outcome = conformance.outcome(operation);
		if (LIMITS.containsKey(operation.id())) {
			assertThat(outcome.found()).as("a limit that is none any more").isFalse();
		}
		else {
			assertThat(outcome.problem()).as(operation.id()).isNull();
		}
	}

	@Test
	void detectsWithEveryHookInPlace() throws IOException {
		assertThat(conformance.report().blocking().get("status").asString()).isEqualTo("ACTIVE");
	}

	@Test
	void findsAllButTheDocumentedLimits() {
		List<Outcome> outcomes = operations().stream().map(conformance::outcome).toList();
		Set<String> lost = outcomes.stream()
			.filter((outcome) -> !outcome.found())
			.map((outcome) -> outcome.operation().id())
			.collect(Collectors.toSet());
		long found = outcomes.stream().filter(Outcome::found).count();
		System.out.println(outcomes.stream()
			.map(BlockingCallConformanceTests::row)
			.collect(Collectors.joining("\n", "", String.format(Locale.ROOT, "%n%d of %d operations found on JDK %d",
					found, outcomes.size(), Runtime.version().feature()))));
		assertThat(lost).isEqualTo(LIMITS.keySet());
		assertThat(found).isGreaterThanOrEqualTo(85);
	}

	@Test
	void coveragePageSaysWhatWasFound() throws IOException, InterruptedException {
		String jdk = String.valueOf(Runtime.version().feature());
		List<Outcome> outcomes = operations().stream().map(conformance::outcome).toList();
		BareBlockHound.Result bare = BareBlockHound.inAJvmOfItsOwn("-XX:+AllowRedefinitionToAddDeleteMethods");
		assertThat(bare.installed()).as(String.join("\n", bare.output())).isTrue();
		String document = CoverageDocument.read();
		String expected = CoverageDocument.JDKS.contains(jdk)
				? CoverageDocument.parse(document).with(jdk, outcomes, bare.found()) : document;
		if (Boolean.getBoolean("loopguard.regenerate")) {
			Files.writeString(CoverageDocument.PATH, expected);
		}
		assertThat(CoverageDocument.read())
			.as("docs/coverage.md differs from what was found; write it anew with\n"
					+ "mvn -pl integration-tests/conformance -am test -Dtest=BlockingCallConformanceTests "
					+ "-Dsurefire.failIfNoSpecifiedTests=false -Dloopguard.regenerate=true")
			.isEqualTo(expected);
	}

	@Test
	void bareBlockHoundFindsNothingWithoutItsFlag() throws IOException, InterruptedException {
		BareBlockHound.Result bare = BareBlockHound.inAJvmOfItsOwn();
		assertThat(bare.installed()).isFalse();
		assertThat(bare.output()).anyMatch((line) -> line.contains("AllowRedefinitionToAddDeleteMethods"));
	}

	private static String row(Outcome outcome) {
		return String.format(Locale.ROOT, "%-48s %-20s %s", outcome.operation().id(),
				outcome.operation().expectation().rule(),
				outcome.found() ? "found" : LIMITS.getOrDefault(outcome.operation().id(), "NOT FOUND"));
	}

}
