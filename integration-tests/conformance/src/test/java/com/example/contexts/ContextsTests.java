package com.example.contexts;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.example.http.TestClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import io.github.loopguard.Action;
import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several application contexts in one JVM share one detector.
 */
class ContextsTests {

	private final Queue<Violation> heard = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void theYoungestContextsPolicyCountsUntilItCloses() {
		try (ConfigurableApplicationContext first = start("--loopguard.rules.file-stat.action=observe")) {
			assertThat(action()).isEqualTo(Action.OBSERVE);
			try (ConfigurableApplicationContext second = start("--loopguard.rules.file-stat.action=log")) {
				assertThat(action()).isEqualTo(Action.LOG);
				call(first);
				call(second);
			}
			assertThat(action()).isEqualTo(Action.OBSERVE);
			call(first);
			assertThat(Loopguard.instance().ledger().violations()).singleElement().satisfies((violation) -> {
				assertThat(violation.count()).isEqualTo(3);
				assertThat(violation.action()).isEqualTo(Action.OBSERVE);
			});
		}
	}

	@Test
	void aClosedContextHearsNothingAndAThirdOneFindsAgain() {
		ConfigurableApplicationContext closed = start();
		closed.close();
		try (ConfigurableApplicationContext third = start()) {
			call(third);
			await().atMost(Duration.ofSeconds(10)).until(() -> !this.heard.isEmpty());
			assertThat(this.heard).hasSize(1);
		}
	}

	@Test
	void aChildContextDoesNotAttachBesideItsParent() {
		try (ConfigurableApplicationContext parent = start("--loopguard.rules.file-stat.action=observe");
				ConfigurableApplicationContext child = new SpringApplicationBuilder(ContextsApplication.class)
					.parent(parent)
					.web(WebApplicationType.NONE)
					.run("--loopguard.rules.file-stat.action=fail")) {
			assertThat(child.getParent()).isSameAs(parent);
			call(parent);
			assertThat(action()).isEqualTo(Action.OBSERVE);
		}
	}

	private ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(ContextsApplication.class).properties("server.port=0")
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("hearing",
					BlockingViolationListener.class, () -> this.heard::add))
			.run(arguments);
	}

	private static Action action() {
		return Loopguard.instance().policy().actions("file-stat").get(Origin.APPLICATION);
	}

	private static void call(ConfigurableApplicationContext context) {
		TestClients.of(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
			.get()
			.uri("/stat")
			.exchange()
			.expectStatus()
			.isOk();
	}

}
