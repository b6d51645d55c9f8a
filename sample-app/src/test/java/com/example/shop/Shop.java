package com.example.shop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.example.shop.operation.Operation.Form;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The running shop, as a browser sees it: buttons to press, and the endpoint to look at.
 */
class Shop {

	/**
	 * Opens a connection for each request, so that none waits for an event loop that an
	 * earlier one has blocked.
	 */
	private final WebTestClient client;

	Shop(int port) {
		this.client = WebTestClient
			.bindToServer(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
			.baseUrl("http://localhost:" + port)
			.responseTimeout(Duration.ofSeconds(30))
			.build();
	}

	WebTestClient client() {
		return this.client;
	}

	/**
	 * Presses a button.
	 */
	Answer press(Form form) {
		EntityExchangeResult<String> result = this.client.post()
			.uri(form.path())
			.exchange()
			.expectBody(String.class)
			.returnResult();
		return new Answer(result.getStatus(), result.getResponseBody());
	}

	/**
	 * Returns how often each violation was seen.
	 */
	Map<String, Long> counts() {
		return violations().stream().collect(Collectors.toMap(Violation::id, Violation::count));
	}

	/**
	 * Returns the application's violations that were seen more often than before.
	 */
	List<Violation> seenSince(Map<String, Long> before) {
		return violations().stream()
			.filter((violation) -> "APPLICATION".equals(violation.origin()))
			.filter((violation) -> violation.count() > before.getOrDefault(violation.id(), 0L))
			.toList();
	}

	private List<Violation> violations() {
		return this.client.get()
			.uri("/actuator/blocking")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Report.class)
			.returnResult()
			.getResponseBody()
			.violations();
	}

	record Answer(HttpStatusCode status, String text) {
	}

	record Report(List<Violation> violations) {
	}

	record Violation(String id, String rule, String origin, Site site, long count, List<String> threads) {

		boolean isAt(Form form) {
			return this.site.className().equals(form.className()) && this.site.methodName().equals(form.methodName());
		}

	}

	record Site(String className, String methodName, String fileName, int lineNumber) {
	}

}
