package com.example.slice;

import java.time.Duration;

import com.example.shop.InvoiceController;
import com.example.shop.ShopApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

import io.github.loopguard.test.NonBlockingTest;
import io.github.loopguard.test.web.NonBlockingWebFluxTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Web tests of each kind. Run by a test kit.
 */
final class WebCases {

	private WebCases() {
	}

	private static void get(WebTestClient client, String shape, String thread) {
		client.get()
			.uri("/invoices/" + shape)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((name) -> assertThat(name).contains(thread));
	}

	/**
	 * A real server on a Netty loop, with a client that Spring Boot configures.
	 */
	@NonBlockingTest
	@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
	@AutoConfigureWebTestClient
	static class Server {

		@ParameterizedTest(name = "{0}")
		@ValueSource(strings = { "plain", "onErrorReturn", "onErrorContinue", "catchThrowable", "retryWithFallback",
				"fireAndForget", "schedule" })
		void shape(String shape, @Autowired WebTestClient client) {
			get(client, shape, "http-");
		}

		@Test
		void fixed(@Autowired WebTestClient client) {
			get(client, "fixed", "");
		}

	}

	/**
	 * Some of it at the same time.
	 */
	@NonBlockingTest
	@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
	@AutoConfigureWebTestClient
	static class ParallelServer {

		@ParameterizedTest(name = "{0}")
		@ValueSource(strings = { "fixed", "none", "onErrorReturn", "nothing", "never", "nobody", "plainly", "unknown" })
		void shape(String shape, @Autowired WebTestClient client) {
			for (int i = 0; i < 10; i++) {
				get(client, shape, "");
			}
		}

	}

	/**
	 * Bodies that arrive on their own.
	 */
	@NonBlockingTest
	@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
	@AutoConfigureWebTestClient
	static class ParallelBodies {

		@ParameterizedTest(name = "{0}")
		@ValueSource(strings = { "store", "echo", "echo too", "and echo", "nothing else" })
		void post(String name, @Autowired WebTestClient client) {
			Flux<String> body = Flux.just("a", "b").delayElements(Duration.ofMillis(100));
			client.post()
				.uri(name.equals("store") ? "/invoices" : "/echo")
				.body(body, String.class)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody();
		}

	}

	/**
	 * A real server, with a client that knows nothing of tests.
	 */
	@NonBlockingTest
	@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
	static class PlainClient {

		@LocalServerPort
		private int port;

		@Test
		void blocks() {
			get(client(), "onErrorReturn", "http-");
		}

		@Test
		void blocksOnceTheBodyIsThere() {
			client().post().uri("/invoices").bodyValue("text").exchange().expectStatus().isOk().expectBody();
		}

		@Test
		void innocent() {
			get(client(), "fixed", "");
		}

		private WebTestClient client() {
			return WebTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
		}

	}

	/**
	 * Our slice.
	 */
	@NonBlockingWebFluxTest(controllers = InvoiceController.class)
	@ContextConfiguration(classes = ShopApplication.class)
	static class Slice {

		@ParameterizedTest(name = "{0}")
		@ValueSource(strings = { "plain", "onErrorReturn", "onErrorContinue", "catchThrowable", "retryWithFallback",
				"fireAndForget", "schedule" })
		void shape(String shape, @Autowired WebTestClient client) {
			get(client, shape, "parallel");
		}

		@Test
		void fixed(@Autowired WebTestClient client) {
			get(client, "fixed", "");
		}

	}

	/**
	 * Spring Boot's slice.
	 */
	@NonBlockingTest
	@WebFluxTest(controllers = InvoiceController.class)
	@ContextConfiguration(classes = ShopApplication.class)
	static class BootSlice {

		@Test
		void blocks(@Autowired WebTestClient client) {
			get(client, "catchThrowable", "parallel");
		}

		@Test
		void fixed(@Autowired WebTestClient client) {
			get(client, "fixed", "");
		}

	}

}
