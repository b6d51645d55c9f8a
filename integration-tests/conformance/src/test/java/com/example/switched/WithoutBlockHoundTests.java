package com.example.switched;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import io.github.loopguard.Violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * In production nothing is instrumented, and BlockHound cannot be switched on.
 */
class WithoutBlockHoundTests {

	@Test
	void productionIsActiveWithoutBlockHound() throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(SwitchedApplication.class,
				"--server.port=0", "--spring.profiles.active=prod", "--loopguard.loop-monitor.enabled=true",
				"--loopguard.loop-monitor.grace=0s", "--management.endpoints.web.exposure.include=blocking,health",
				"--management.endpoint.blocking.access=unrestricted",
				"--management.endpoint.health.show-details=always", "--loopguard.health.enabled=true",
				"--loopguard.health.stuck-after=500ms")) {
			Switching server = new Switching(
					context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			JsonNode report = server.report();
			assertThat(report.path("status").asString()).isEqualTo("ACTIVE");
			assertThat(report.path("profile").asString()).isEqualTo("production");
			assertThat(report.path("detectors").path(0).toString()).contains("blockhound", "OFF",
					"loopguard.blockhound.enabled is false");
			server.get("/read");
			assertThat(Switching.violations("read")).isEmpty();
			await().untilAsserted(() -> {
				server.get("/compute/300");
				assertThat(Switching.violations("compute")).isNotEmpty();
			});
			assertThat(Switching.violations("compute").get(0)).extracting(Violation::rule).isEqualTo("loop-stall");
			server.post("{\"blockhound.muted\": false}", 409)
				.jsonPath("$.error")
				.value((error) -> assertThat((String) error).contains("was not installed at start", "blind",
						"loopguard.blockhound.enabled=true"));
			healthTellsWhichLoopIsStuck(context.getBean("loopguardHealthIndicator", HealthIndicator.class), server);
		}
	}

	private static void healthTellsWhichLoopIsStuck(HealthIndicator health, Switching server) {
		assertThat(health.health().getStatus()).isEqualTo(Status.UP);
		Scheduler scheduler = Schedulers.newSingle("stuck");
		Hold hold = new Hold();
		try {
			scheduler.schedule(hold::compute);
			await().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.DOWN));
			assertThat(health.health().getDetails().get("where").toString()).contains("stuck-", "Hold.compute",
					"WithoutBlockHoundTests.java");
		}
		finally {
			hold.release();
		}
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
		assertThat(server.get("/actuator/health")).contains("\"loopguard\"");
		scheduler.dispose();
	}

	/**
	 * Computes until it is released.
	 */
	private static final class Hold {

		private volatile boolean released;

		private long steps;

		void compute() {
			while (!this.released) {
				this.steps++;
			}
		}

		void release() {
			this.released = true;
		}

	}

}
