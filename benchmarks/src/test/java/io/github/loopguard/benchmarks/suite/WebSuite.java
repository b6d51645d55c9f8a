package io.github.loopguard.benchmarks.suite;

import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.github.loopguard.test.NonBlockingTest;

/**
 * 200 tests that send a request to a real server; none blocks.
 */
@SpringBootTest(classes = WebSuite.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
abstract class WebSuite {

	static final int TESTS = 200;

	@RepeatedTest(TESTS)
	void answers(@Autowired WebTestClient client) {
		client.get()
			.uri("/invoices/7")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("invoice 7");
	}

	/**
	 * As BlockHound's users write it.
	 */
	static class Plain extends WebSuite {

	}

	/**
	 * As Loopguard's users write it.
	 */
	@NonBlockingTest
	static class Watched extends WebSuite {

	}

	/**
	 * What is tested.
	 */
	@SpringBootApplication(proxyBeanMethods = false)
	@RestController
	static class Application {

		@GetMapping("/invoices/{id}")
		Mono<String> invoice(@PathVariable String id) {
			return Mono.just("invoice " + id);
		}

	}

}
