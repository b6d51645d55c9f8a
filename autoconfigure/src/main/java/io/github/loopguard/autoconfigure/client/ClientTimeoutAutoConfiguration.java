package io.github.loopguard.autoconfigure.client;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import reactor.netty.http.client.HttpClient;

import io.github.loopguard.runtime.Loopguard;

/**
 * Auto-configuration that finds out which calls of a {@code WebClient} time out because
 * their own event loop stands still. In a servlet application, nothing is watched.
 *
 * @since 0.2
 */
@AutoConfiguration(
		beforeName = "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration")
@ConditionalOnClass({ HttpClient.class, ClientHttpConnectorBuilderCustomizer.class })
@ConditionalOnBooleanProperty(name = "loopguard.enabled", matchIfMissing = true)
@Conditional(OnEventLoops.class)
public final class ClientTimeoutAutoConfiguration {

	ClientTimeoutAutoConfiguration() {
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> loopguardClientTimeouts() {
		ClientTimeouts timeouts = new ClientTimeouts(Loopguard.instance().outside().loopMonitor().impact());
		return (builder) -> builder.withHttpClientCustomizer(timeouts::observe);
	}

}
