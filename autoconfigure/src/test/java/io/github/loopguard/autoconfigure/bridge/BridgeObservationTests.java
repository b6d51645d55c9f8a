package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.loopguard.bridge.BlockingBridge;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BridgeObservationAutoConfiguration}.
 */
class BridgeObservationTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	@Test
	void bridgesOfTheApplicationsOwnAreObservedAndNeedNoRegistry() {
		BridgeProperties all = new BridgeProperties();
		all.setObserveCalls(true);
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BridgeObservationAutoConfiguration.class))
			.withBean(BridgeProperties.class, () -> all)
			.withBean("first", BlockingBridge.class, () -> new BlockingBridge(List.of()))
			.withBean("second", BlockingBridge.class, () -> new BlockingBridge(List.of()));
		runner.run((context) -> assertThat(context).hasNotFailed());
		List<String> observed = new CopyOnWriteArrayList<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((ObservationHandler<Observation.Context>) (it) -> {
			observed.add(it.getName());
			return false;
		});
		runner.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			for (String name : List.of("first", "second")) {
				BlockingBridge bridge = context.getBean(name, BlockingBridge.class);
				StepVerifier.create(bridge.call(() -> name)).expectNext(name).expectComplete().verify(SOON);
			}
			assertThat(observed).hasSize(2);
		});
	}

}
