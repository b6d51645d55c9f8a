package io.github.loopguard.autoconfigure.client;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients are observed where there may be event loops that are watched.
 */
class ClientTimeoutAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATION = AutoConfigurations.of(ClientTimeoutAutoConfiguration.class);

	@Test
	void clientsOfAReactiveApplicationAreObserved() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATION)
			.run((context) -> assertThat(context).hasSingleBean(ClientHttpConnectorBuilderCustomizer.class));
	}

	@Test
	void clientsOfAnApplicationWithoutServerAreObserved() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATION)
			.run((context) -> assertThat(context).hasSingleBean(ClientHttpConnectorBuilderCustomizer.class));
	}

	/**
	 * The scope is how Spring Boot recognizes a servlet application.
	 */
	@Test
	void clientsOfAServletApplicationAreLeftAlone() {
		new ApplicationContextRunner()
			.withInitializer((context) -> context.getBeanFactory()
				.registerScope(WebApplicationContext.SCOPE_SESSION, new SimpleThreadScope()))
			.withConfiguration(CONFIGURATION)
			.run((context) -> assertThat(context).doesNotHaveBean(ClientHttpConnectorBuilderCustomizer.class));
	}

}
