package com.example.waited;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * An application with a single event loop, of the server and of the client, and a single
 * connection to each server.
 */
@SpringBootApplication
class WaitedApplication {

	@Bean(destroyMethod = "dispose")
	LoopResources loopResources() {
		return LoopResources.create("only", 1, true);
	}

	@Bean
	ReactorResourceFactory reactorResourceFactory(LoopResources loops) {
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		factory.setLoopResources(loops);
		factory.setConnectionProviderSupplier(() -> ConnectionProvider.builder("only")
			.maxConnections(1)
			.pendingAcquireTimeout(Duration.ofMillis(300))
			.build());
		return factory;
	}

	@Bean
	ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> connectTimeout() {
		return (builder) -> builder.withHttpClientCustomizer(
				(client) -> client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) WaitedTests.LIMIT.toMillis()));
	}

}
