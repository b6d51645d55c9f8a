package com.example.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.security.Security;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
		assertThat(outcome.problem()).as(operation.id()).isNull();
	}

	@Test
	void detectsWithEveryHookInPlace() throws IOException {
		assertThat(conformance.report().blocking().get("status").asString()).isEqualTo("ACTIVE");
	}

	@Test
	void findsAll() {
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
		assertThat(lost).isEmpty();
		assertThat(found).isGreaterThanOrEqualTo(85);
	}

	@Test
	void coveragePageSaysWhatWasFound() throws IOException, InterruptedException {
		String jdk = String.valueOf(Runtime.version().feature());
		List<Outcome> outcomes = operations().stream().map(conformance::outcome).toList();
		String document = CoverageDocument.read();
		CoverageDocument known = CoverageDocument.parse(document);
		String expected = CoverageDocument.JDKS.contains(jdk)
				? known.with(jdk, outcomes, conformance.absent(), bareFindings(known.foundByBareBlockHound(jdk)))
				: document;
		if (Boolean.getBoolean("loopguard.regenerate")) {
			Files.writeString(CoverageDocument.PATH, expected);
		}
		List<String> written = CoverageDocument.read().lines().toList();
		String remedy = "write docs/coverage.md anew with\n"
				+ "mvn -pl integration-tests/conformance -am test -Dtest=BlockingCallConformanceTests "
				+ "-Dsurefire.failIfNoSpecifiedTests=false -Dloopguard.regenerate=true";
		assertThat(expected.lines().filter((line) -> !written.contains(line))).as(remedy).isEmpty();
		assertThat(written).as(remedy).isEqualTo(expected.lines().toList());
	}

	/**
	 * Returns what BlockHound as it comes finds. Where threads race for it, what it finds
	 * is a matter of luck: what is known changes only when three JVMs contradict it.
	 */
	private Set<String> bareFindings(Set<String> known) throws IOException, InterruptedException {
		Set<String> contradicted = operations().stream()
			.map(Operation::id)
			.filter((id) -> !CoverageDocument.SOMETIMES_SEEN.contains(id))
			.collect(Collectors.toSet());
		for (int i = 0; i < 3 && !contradicted.isEmpty(); i++) {
			BareBlockHound.Result bare = BareBlockHound.inAJvmOfItsOwn("-XX:+AllowRedefinitionToAddDeleteMethods");
			assertThat(bare.installed()).as(String.join("\n", bare.output())).isTrue();
			contradicted.removeIf((id) -> known.contains(id) == bare.found().contains(id));
		}
		Set<String> findings = new HashSet<>(known);
		contradicted.forEach((id) -> {
			if (!findings.remove(id)) {
				findings.add(id);
			}
		});
		return findings;
	}

	@Test
	void bareBlockHoundFindsNothingWithoutItsFlag() throws IOException, InterruptedException {
		BareBlockHound.Result bare = BareBlockHound.inAJvmOfItsOwn();
		assertThat(bare.installed()).isFalse();
		assertThat(bare.output()).anyMatch((line) -> line.contains("AllowRedefinitionToAddDeleteMethods"));
	}

	private static String row(Outcome outcome) {
		return String.format(Locale.ROOT, "%-48s %-20s %s", outcome.operation().id(),
				outcome.operation().expectation().rule(), outcome.found() ? "found" : "NOT FOUND");
	}

}
