package com.example.conformance;

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
	static void start() {
		conformance = new Conformance();
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
	void findsAllButTheDocumentedLimits() {
		List<Outcome> outcomes = operations().stream().map(conformance::outcome).toList();
		Set<String> lost = outcomes.stream()
			.filter((outcome) -> !outcome.found())
			.map((outcome) -> outcome.operation().id())
			.collect(Collectors.toSet());
		outcomes.forEach(BlockingCallConformanceTests::print);
		long found = outcomes.stream().filter(Outcome::found).count();
		System.out.printf(Locale.ROOT, "%d of %d operations found on JDK %d%n", found, outcomes.size(),
				Runtime.version().feature());
		assertThat(lost).isEqualTo(LIMITS.keySet());
		assertThat(found).isGreaterThanOrEqualTo(85);
	}

	private static void print(Outcome outcome) {
		System.out.printf(Locale.ROOT, "%-48s %-20s %s%n", outcome.operation().id(),
				outcome.operation().expectation().rule(),
				outcome.found() ? "found" : LIMITS.getOrDefault(outcome.operation().id(), "NOT FOUND"));
	}

}
