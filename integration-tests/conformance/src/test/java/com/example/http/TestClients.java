package com.example.http;

import java.time.Duration;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Clients that open a connection for each request: before version 1.3.8, Reactor Netty
 * may never again read from a kept one that another thread than the event loop has
 * answered, as it does for Actuator's endpoints (reactor/reactor-netty#4361).
 */
public final class TestClients {

	private TestClients() {
	}

	/**
	 * Returns a client of the server on a local port.
	 */
	public static WebTestClient of(int port) {
		return WebTestClient
			.bindToServer(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
			.baseUrl("http://localhost:" + port)
			.responseTimeout(Duration.ofSeconds(30))
			.build();
	}

}
