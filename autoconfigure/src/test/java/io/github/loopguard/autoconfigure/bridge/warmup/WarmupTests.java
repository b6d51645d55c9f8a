package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarmupAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarmupTests {

	private static final AtomicInteger initialised = new AtomicInteger();

	@Test
	void isOffByDefault() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, WarmupAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(WarmupRunner.class)
				.doesNotHaveBean(ColdStartRecorder.class));
	}

	@Test
	void warmsUpBeforeReadinessAndReportsWhatEventLoopsLoaded(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		try (ConfigurableApplicationContext context = application.run("--server.port=0",
				"--loopguard.warmup.enabled=true", "--loopguard.warmup.routes=/items,/nope",
				"--loopguard.warmup.classes=" + Slow.class.getName() + ",com.acme.Missing")) {
			assertThat(initialised).hasValue(1);
			assertThat(context.getBean(Items.class).readiness).hasSize(3).containsOnly(ReadinessState.REFUSING_TRAFFIC);
			assertThat(output).containsOnlyOnce("/nope answered 404, so it may not be warm")
				.doesNotContain("/items answered");
			ColdStartRecorder recorder = context.getBean(ColdStartRecorder.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				ColdStartReport report = recorder.report();
				assertThat(report.beforeReadiness().classes()).isPositive();
				assertThat(report.toString()).startsWith("Cold start: event loops loaded ");
			});
		}
	}

	@Test
	void anInvalidValueFailsByName() {
		assertFailure("rounds=0", "It must be 1 or more");
		assertFailure("timeout=0s", "It must be longer than zero");
		assertFailure("report-after=-1s", "It must not be negative");
		assertFailure("routes=items", "starts with a slash");
		assertFailure("client-bundle=nope", "There is no such SSL bundle, only []");
	}

	private static void assertFailure(String option, String reason) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, WarmupAutoConfiguration.class))
			.withPropertyValues("loopguard.warmup.enabled=true", "loopguard.warmup." + option)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
					assertThat("loopguard.warmup." + option).startsWith(failure.getName() + "=");
					assertThat(failure.getReason()).contains(reason);
				}));
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
