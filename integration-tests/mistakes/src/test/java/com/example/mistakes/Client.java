package com.example.mistakes;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user of the application, either with a session or with a password for each request.
 */
final class Client {

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(new CookieManager())
		.build();

	private final int port;

	private final boolean session;

	private Client(int port, boolean session) {
		this.port = port;
		this.session = session;
	}

	static Client withPassword(int port) {
		return new Client(port, false);
	}

	static Client withSession(int port) throws IOException, InterruptedException {
		Client client = new Client(port, true);
		HttpRequest login = client.request("/login")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("username=ada&password=lovelace"))
			.build();
		assertThat(client.http.send(login, BodyHandlers.ofString()).statusCode()).isEqualTo(302);
		return client;
	}

	String send(String method, String path) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(request(path).method(method, BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
		assertThat(response.statusCode()).as(method + " " + path + ": " + response.body()).isEqualTo(200);
		return response.body();
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.timeout(Duration.ofSeconds(30));
		if (!this.session) {
			String credentials = Base64.getEncoder().encodeToString("ada:lovelace".getBytes(StandardCharsets.UTF_8));
			request.header("Authorization", "Basic " + credentials);
		}
		return request;
	}

}
