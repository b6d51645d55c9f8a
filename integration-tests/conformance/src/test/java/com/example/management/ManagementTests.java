package com.example.management;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.example.http.TestClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.loopguard.autoconfigure.metrics.MeterRegistration;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A management server of its own, and parts of the application that fail.
 */
@SpringBootTest(classes = ManagementApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=blocking,metrics",
				"management.server.base-path=/manage" })
@ExtendWith(OutputCaptureExtension.class)
class ManagementTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Pattern LINK = Pattern.compile("(http://\\S+)/rules/file-read · more at (http://\\S+)");

	private static int managementPort;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void managementPort(DynamicPropertyRegistry registry) throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			managementPort = free.getLocalPort();
		}
		registry.add("management.server.port", () -> managementPort);
	}

	@Test
	void logSaysWhereToLookAndWhichListenerFails(CapturedOutput output) {
		block();
		await().atMost(SOON).until(() -> LINK.matcher(output).find());
		Matcher link = LINK.matcher(output);
		assertThat(link.find()).isTrue();
		assertThat(link.group(1)).isEqualTo("http://localhost:" + managementPort + "/manage/actuator/blocking");
		assertThat(get(link.group(1) + "/rules/file-read")).contains("\"id\":\"file-read\"");
		assertThat(get(link.group(2))).contains("ManagementApplication$Routes.size");
		assertThat(get(link.group(1))).contains("\"docs\":\"/manage/actuator/blocking/rules/file-read\"");
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(output)
				.contains("Listener " + ManagementApplication.Routes.class.getName() + ".alert failed for violation "));
	}

	@Test
	void metersThatAreMissingAreInTheStatusAndTheOthersAreThere() {
		block();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(Loopguard.instance().detectors()).singleElement()
				.satisfies((it) -> assertThat(it.reason()).contains("[loopguard.held]")
					.contains("[loopguard.bridge.active, loopguard.bridge.queued]")));
		String report = get("http://localhost:" + managementPort + "/manage/actuator/blocking");
		assertThat(report).contains("\"status\":\"DEGRADED\"")
			.contains("are missing or incomplete, because of java.lang.IllegalStateException: filter");
		String metrics = get("http://localhost:" + managementPort + "/manage/actuator/metrics");
		assertThat(metrics).contains("\"loopguard.bridge.completed\"", "\"loopguard.occurrences\"")
			.doesNotContain("loopguard.bridge.active", "loopguard.held");
	}

	@Test
	void meterIsMissingUntilItsOwnRegistryHasItOrItsContextCloses() {
		MeterRegistry first = new SimpleMeterRegistry();
		MeterRegistry second = new SimpleMeterRegistry();
		MeterRegistration meters = new MeterRegistration();
		register(meters, first, () -> {
			throw new IllegalStateException("first");
		});
		register(meters, second, () -> 1);
		assertThat(status()).contains("[acme.late]");
		register(meters, first, () -> 1);
		assertThat(status()).doesNotContain("[acme.late]");
		register(meters, first, () -> {
			throw new IllegalStateException("again");
		});
		assertThat(status()).contains("[acme.late]");
		meters.close();
		assertThat(status()).doesNotContain("[acme.late]");
		register(meters, first, () -> {
			throw new IllegalStateException("closed");
		});
		assertThat(status()).doesNotContain("[acme.late]");
	}

	private static void register(MeterRegistration meters, MeterRegistry registry, Supplier<Integer> registration) {
		meters.register(registry, "acme.late", Tags.empty(), registration);
	}

	private static String status() {
		return Loopguard.instance().detectors().toString();
	}

	private void block() {
		TestClients.of(this.port).get().uri("/size").exchange().expectStatus().isOk();
	}

	private static String get(String address) {
		WebTestClient client = TestClients.of(managementPort);
		return client.get()
			.uri(address)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
