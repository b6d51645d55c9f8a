package com.example.requests;

import io.micrometer.observation.ObservationFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.autoconfigure.LoopguardProperties;
import io.github.loopguard.autoconfigure.web.LoopguardWebAutoConfiguration;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where nothing is detected, nobody asks for requests, so they cost nothing.
 */
class UndetectedRequestTests {

	private final ReactiveWebApplicationContextRunner contextRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LoopguardWebAutoConfiguration.class));

	@Test
	void nothingIsTracked() {
		Loopguard.instance().turnOff(State.UNAVAILABLE, "a test");
		HttpHandler handler = (request, response) -> Mono.empty();
		Runnable task = () -> {
		};
		this.contextRunner.withPropertyValues("spring.reactor.context-propagation=auto").run((context) -> {
			assertThat(context.getBean(HttpHandlerDecoratorFactory.class).apply(handler)).isSameAs(handler);
			assertThat(Schedulers.onSchedule(task)).isSameAs(task);
		});
	}

	/**
	 * Where it is off, it may be switched on.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void onlyRequestsThatWaitAreCountedWhereTheLoopMonitorMayAsk(String enabled) {
		Loopguard.instance().turnOff(State.UNAVAILABLE, "a test");
		HttpHandler handler = (request, response) -> Mono.empty();
		Runnable task = () -> {
		};
		this.contextRunner.withUserConfiguration(Monitored.class)
			.withPropertyValues("loopguard.loop-monitor.enabled=" + enabled)
			.run((context) -> {
				HttpHandler counted = context.getBean(HttpHandlerDecoratorFactory.class).apply(handler);
				assertThat(counted).isNotSameAs(handler);
				assertThat(counted.handle(null, null).blockOptional()).isEmpty();
				assertThat(Schedulers.onSchedule(task)).isSameAs(task);
			});
	}

	@Test
	void observationsAreToldNothingIfThatIsNotWanted() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(ObservationFilter.class));
		this.contextRunner.withPropertyValues("loopguard.observation-events=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ObservationFilter.class));
	}

	/**
	 * Has the settings of the loop monitor.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(LoopguardProperties.class)
	static class Monitored {

	}

}
