package com.example.shop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.example.shop.Shop.Violation;
import com.example.shop.operation.Operation;
import com.example.shop.operation.Operations;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Presses every button of the start page.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS)
class OperationsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Pattern EVENT_LOOP = Pattern.compile("\\w+-http-(epoll|kqueue|nio)-\\d+");

	/**
	 * Needs a broker, and the hooks for one; marked by an integration of the user's.
	 */
	private static final List<String> WITHOUT_OPERATION = List.of("messaging", "marked-blocking", "thread-pinned");

	private final Operations operations;

	private final Shop shop;

	OperationsTests(@Autowired Operations operations, @LocalServerPort int port) {
		this.operations = operations;
		this.shop = new Shop(port);
	}

	@Test
	void everyRuleHasAnOperation() {
		List<String> rules = Catalog.shipped().rules().stream().map(Rule::id).toList();
		assertThat(this.operations.all()).extracting(Operation::rule)
			.isSubsetOf(rules)
			.containsAll(rules.stream().filter((rule) -> !WITHOUT_OPERATION.contains(rule)).toList());
	}

	@TestFactory
	Stream<DynamicTest> blockingFormIsFound() {
		return each(
				this.operations.all()
					.stream()
					.filter((operation) -> !StalledOperationsTests.RULES.contains(operation.rule())),
				this::blockingFormIsFound);
	}

	private void blockingFormIsFound(Operation operation) {
		Map<String, Long> before = this.shop.counts();
		this.shop.press(operation.blocking());
		await().atMost(PATIENCE).untilAsserted(() -> {
			List<Violation> seen = this.shop.seenSince(before);
			assertThat(seen).as(operation.id()).extracting(Violation::rule).contains(operation.rule());
			assertThat(seen).as(operation.id()).allMatch((violation) -> violation.isAt(operation.blocking()));
		});
		assertThat(this.shop.seenSince(before)).as(operation.id()).allSatisfy((violation) -> {
			assertThat(violation.site().fileName()).endsWith("Operations.java");
			assertThat(violation.site().lineNumber()).isPositive();
			assertThat(violation.threads()).allMatch((thread) -> EVENT_LOOP.matcher(thread).matches());
			this.shop.client()
				.get()
				.uri("/actuator/blocking/{id}", violation.id())
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.violation.id")
				.isEqualTo(violation.id());
		});
	}

	@TestFactory
	Stream<DynamicTest> fixedFormIsSilent() {
		return each(this.operations.all().stream(), this::fixedFormIsSilent);
	}

	/**
	 * Also at the first press, which loads the classes that the form uses.
	 */
	private void fixedFormIsSilent(Operation operation) {
		Map<String, Long> before = this.shop.counts();
		assertThat(this.shop.press(operation.fixed()).status().is2xxSuccessful()).isTrue();
		assertThat(this.shop.seenSince(before)).as(operation.id()).isEmpty();
	}

	private static Stream<DynamicTest> each(Stream<Operation> operations, Consumer<Operation> test) {
		return operations.map((operation) -> DynamicTest.dynamicTest(operation.id(), () -> test.accept(operation)));
	}

}
