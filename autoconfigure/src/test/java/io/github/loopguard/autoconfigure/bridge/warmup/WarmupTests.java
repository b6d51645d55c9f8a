package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarmupAutoConfiguration}.
 */
class WarmupTests {

	private static final AtomicInteger initialised = new AtomicInteger();

	@Test
	void isOffUnlessAskedFor() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, WarmupAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(WarmupRunner.class)
				.doesNotHaveBean(ColdStartRecorder.class));
	}

	@Test
	void warmsUpBeforeReadinessAndReportsWhatEventLoopsLoaded() {
		SpringApplication application = new SpringApplication(Application.class);
		try (ConfigurableApplicationContext context = application.run("--server.port=0",
				"--loopguard.warmup.enabled=true", "--loopguard.warmup.routes=/items",
				"--loopguard.warmup.classes=" + Slow.class.getName() + ",com.acme.Missing")) {
			assertThat(initialised).hasValue(1);
			assertThat(context.getBean(Items.class).readiness).hasSize(3).containsOnly(ReadinessState.REFUSING_TRAFFIC);
			ColdStartRecorder recorder = context.getBean(ColdStartRecorder.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				ColdStartReport report = recorder.report();
				assertThat(report.beforeReadiness().classes()).isPositive();
				assertThat(report.toString()).startsWith("Cold start: event loops loaded ");
			});
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Items.class)
	static class Application {

	}

	@RestController
	static class Items {

		private final List<ReadinessState> readiness = new CopyOnWriteArrayList<>();

		private final ApplicationAvailability availability;

		Items(ApplicationAvailability availability) {
			this.availability = availability;
		}

		@GetMapping("/items")
		List<String> items() {
			this.readiness.add(this.availability.getReadinessState());
			return List.of("one");
		}

	}

	static class Slow {

		static {
			initialised.incrementAndGet();
		}

	}

}
