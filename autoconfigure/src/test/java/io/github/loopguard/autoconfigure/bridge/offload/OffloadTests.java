package io.github.loopguard.autoconfigure.bridge.offload;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.loopguard.autoconfigure.bridge.BridgeObservationAutoConfiguration;
import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Offload;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Offload}.
 */
class OffloadTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, OffloadAutoConfiguration.class,
				BridgeObservationAutoConfiguration.class))
		.withPropertyValues("loopguard.bridge.lanes.reports.threads=1");

	@Test
	void methodsRunInTheirLane() {
		this.contextRunner.withBean(Service.class).run((context) -> {
			Service service = context.getBean(Service.class);
			StepVerifier.create(service.one().repeat(1))
				.expectNext("lane-reports-1 lane-reports-1", "lane-reports-1 lane-reports-1")
				.expectComplete()
				.verify(SOON);
			StepVerifier.create(service.many())
				.expectNext("lane-reports-1", "lane-reports-1")
				.expectComplete()
				.verify(SOON);
			StepVerifier.create(service.elsewhere())
				.assertNext((thread) -> assertThat(thread).startsWith("boundedElastic-"))
				.expectComplete()
				.verify(SOON);
			assertThat(service.calls()).isEqualTo(2);
			assertThat(context.getBean(BlockingBridge.class).lane("reports").status().completed())
				.isGreaterThanOrEqualTo(3);
		});
	}

	@Test
	void methodsAreObservedAsChildrenOfTheCaller() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.contextRunner.withBean(ObservationRegistry.class, () -> registry)
			.withBean(Service.class)
			.run((context) -> {
				StepVerifier.create(context.getBean(Service.class).one())
					.expectNextCount(1)
					.expectComplete()
					.verify(SOON);
				StepVerifier.create(context.getBean(BlockingBridge.class).call(() -> 1))
					.expectNextCount(1)
					.expectComplete()
					.verify(SOON);
			});
		TestObservationRegistryAssert.assertThat(registry)
			.hasNumberOfObservationsEqualTo(1)
			.hasObservationWithNameEqualTo("loopguard.bridge.call")
			.that()
			.hasLowCardinalityKeyValue("lane", "reports")
			.hasLowCardinalityKeyValue("method", "one")
			.hasBeenStopped();
	}

	@Test
	void callsAreObservedWhereAskedFor() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.contextRunner.withBean(ObservationRegistry.class, () -> registry)
			.withPropertyValues("loopguard.bridge.observe-calls=true")
			.run((context) -> StepVerifier
				.create(context.getBean(BlockingBridge.class)
					.lane("reports")
					.call(() -> registry.getCurrentObservation() != null))
				.expectNext(true)
				.expectComplete()
				.verify(SOON));
		TestObservationRegistryAssert.assertThat(registry).hasNumberOfObservationsEqualTo(1);
	}

	@Test
	void aPlainReturnValueOnAnOrdinaryBeanFails() {
		assertFailure(Plain::new, "Plain.read cannot work", "returns String", "let it return mono or flux");
	}

	@Test
	void aPlainReturnValueOfAControllersOtherMethodFails() {
		assertFailure(NoHandler::new, "NoHandler.read cannot work", "returns String");
	}

	@Test
	void anUnknownLaneFails() {
		assertFailure(UnknownLane::new, "names a lane that does not exist", "[cpu, default, reports]",
				"loopguard.bridge.lanes.nope.threads");
	}

	@Test
	void aClassOrMethodThatCannotBeProxiedFails() {
		assertFailure(FinalClass::new, "belongs to a final class");
		assertFailure(FinalMethod::new, "is final, private or static");
	}

	@Test
	void aHandlerMethodMayReturnAPlainValue() {
		this.contextRunner.withBean(Handler.class).run((context) -> assertThat(context).hasNotFailed());
	}

	private <T> void assertFailure(Supplier<T> bean, String... texts) {
		this.contextRunner.withBean("offender", Object.class, bean::get).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidOffloadFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			String text = analysis.getDescription() + analysis.getAction();
			for (String expected : texts) {
				assertThat(text).containsIgnoringCase(expected);
			}
		});
	}

	static class Service {

		private int calls;

		int calls() {
			return this.calls;
		}

		@Offload("reports")
		Mono<String> one() {
			this.calls++;
			String made = Thread.currentThread().getName();
			return Mono.fromCallable(() -> made + " " + Thread.currentThread().getName());
		}

		@Offload("reports")
		Flux<String> many() {
			return Flux.defer(() -> Flux.just(Thread.currentThread().getName(), Thread.currentThread().getName()));
		}

		@Offload
		Mono<String> elsewhere() {
			return Mono.just(Thread.currentThread().getName());
		}

	}

	static class Plain {

		@Offload("reports")
		String read() {
			return "";
		}

	}

	@Controller
	static class NoHandler {

		@Offload("reports")
		String read() {
			return "";
		}

	}

	@Controller
	static class Handler {

		@Offload("reports")
		@GetMapping("/")
		String read() {
			return "";
		}

	}

	static class UnknownLane {

		@Offload("nope")
		Mono<String> read() {
			return Mono.empty();
		}

	}

	static final class FinalClass {

		@Offload("reports")
		Mono<String> read() {
			return Mono.empty();
		}

	}

	static class FinalMethod {

		@Offload("reports")
		final Mono<String> read() {
			return Mono.empty();
		}

	}

}
