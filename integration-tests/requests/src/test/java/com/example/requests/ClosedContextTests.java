package com.example.requests;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks are tracked as long as some application context needs it.
 */
class ClosedContextTests {

	private final Runnable task = () -> {
	};

	@Test
	void lastContextEndsTheTracking() {
		try (ConfigurableApplicationContext first = start()) {
			assertThat(first.isActive()).isTrue();
			assertThat(isTracked()).isTrue();
			start().close();
			assertThat(isTracked()).isTrue();
		}
		assertThat(isTracked()).isFalse();
		try (ConfigurableApplicationContext again = start()) {
			assertThat(again.isActive()).isTrue();
			assertThat(isTracked()).isTrue();
		}
		assertThat(isTracked()).isFalse();
	}

	private boolean isTracked() {
		return Schedulers.onSchedule(this.task) != this.task;
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(RequestsApplication.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "logging.level.io.github.loopguard=off")
			.run();
	}

}
