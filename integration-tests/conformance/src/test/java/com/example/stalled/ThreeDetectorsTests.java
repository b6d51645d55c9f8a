package com.example.stalled;

import java.time.Duration;
import java.util.List;

import com.example.http.TestClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A call that hooks, the loop monitor and the flight recorder see is one violation.
 */
@SpringBootTest(classes = StalledApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.loop-monitor.enabled=true", "loopguard.loop-monitor.grace=0s",
				"loopguard.flight-recorder.enabled=true", "loopguard.flight-recorder.start-delay=0s" })
@DirtiesContext
@DisabledOnOs(OS.WINDOWS)
class ThreeDetectorsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@LocalServerPort
	private int port;

	private WebTestClient client;

	@BeforeEach
	void forget() {
		this.client = TestClients.of(this.port);
		await().atMost(PATIENCE).until(() -> Loopguard.instance().outside().flightRecorder().isRecording());
		get("/fine");
		// The thread of a new connection's event loop may be new to the loop monitor.
		await().pollDelay(Duration.ofMillis(600)).until(() -> "fine".equals(get("/fine")));
		Loopguard.instance().ledger().clear();
	}

	@Test
	void readingAFile() {
		get("/read");
		Violation found = seenByAll("file-read");
		assertThat(found.api()).isEqualTo("java.nio.file.Files.readString");
		assertThat(found.resources()).containsExactly("invoices.csv");
		assertThat(found.count()).isEqualTo(1);
		assertThat(found.held().count()).isEqualTo(1);
		assertThat(found.held().max()).isBetween(Duration.ofMillis(180), Duration.ofMillis(700));
		assertThat(found.route()).isEqualTo("GET /read");
		assertThat(violations()).hasSize(1);
	}

	@Test
	void sleeping() {
		get("/sleep");
		assertThat(seenByAll("sleep").count()).isEqualTo(1);
		assertThat(violations()).hasSize(1);
	}

	private static Violation seenByAll(String rule) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(violations()).filteredOn((it) -> it.rule().equals(rule))
				.singleElement()
				.satisfies((it) -> assertThat(it.detectors()).containsExactlyInAnyOrder("blockhound", "loop-monitor",
						"flight-recorder")));
		return violations().stream().filter((it) -> it.rule().equals(rule)).findFirst().orElseThrow();
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

	private String get(String path) {
		return this.client.get().uri(path).exchange().expectBody(String.class).returnResult().getResponseBody();
	}

}
