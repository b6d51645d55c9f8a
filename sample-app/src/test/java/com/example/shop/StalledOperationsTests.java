package com.example.shop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.example.shop.operation.Operation;
import com.example.shop.operation.Operations;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Presses the buttons of what no hook sees: the loop monitor finds it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "loopguard.loop-monitor.enabled=true", "loopguard.loop-monitor.grace=0s" })
@DirtiesContext
class StalledOperationsTests {

	static final List<String> RULES = List.of("monitor-enter", "loop-stall");

	private final Operations operations;

	private final Shop shop;

	StalledOperationsTests(@Autowired Operations operations, @LocalServerPort int port) {
		this.operations = operations;
		this.shop = new Shop(port);
	}

	/**
	 * What else runs on this machine may disturb a press.
	 */
	@TestFactory
	Stream<DynamicTest> blockingFormIsFound() {
		return RULES.stream()
			.flatMap((rule) -> this.operations.ofRule(rule).stream())
			.map((operation) -> DynamicTest.dynamicTest(operation.id(),
					() -> await().atMost(Duration.ofSeconds(30))
						.ignoreExceptionsInstanceOf(ConditionTimeoutException.class)
						.untilAsserted(() -> blockingFormIsFound(operation))));
	}

	private void blockingFormIsFound(Operation operation) {
		Map<String, Long> before = this.shop.counts();
		assertThat(this.shop.press(operation.blocking()).status().is2xxSuccessful()).isTrue();
		await().atMost(Duration.ofSeconds(2)).ignoreExceptions().until(() -> isFound(operation, before));
	}

	private boolean isFound(Operation operation, Map<String, Long> before) {
		return this.shop.seenSince(before)
			.stream()
			.anyMatch((violation) -> violation.isAt(operation.blocking()) && violation.rule().equals(operation.rule()));
	}

}
