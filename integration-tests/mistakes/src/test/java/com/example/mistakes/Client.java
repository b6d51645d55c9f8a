package com.example.mistakes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user of the application, either with a session or with a password for each request.
 * Opens a connection for every request, because before version 1.3.8, Reactor Netty may
 * never read from a kept one again on which a request has come while the answer before
 * it, by a thread other than the event loop, was being finished
 * (reactor/reactor-netty#4361).
 */
final class Client {

	private final int port;

	private final String header;

	private final String value;

	private Client(int port, String header, String value) {
		this.port = port;
		this.header = header;
		this.value = value;
	}

	static Client withPassword(int port) {
		return new Client(port, "Authorization",
				"Basic " + Base64.getEncoder().encodeToString("ada:lovelace".getBytes(StandardCharsets.UTF_8)));
	}

	static Client withSession(int port) throws IOException {
		HttpURLConnection login = connect(port, "POST", "/login");
		login.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
		login.setDoOutput(true);
		login.getOutputStream().write("username=ada&password=lovelace".getBytes(StandardCharsets.UTF_8));
		assertThat(login.getResponseCode()).isEqualTo(302);
		return new Client(port, "Cookie", login.getHeaderField("Set-Cookie").split(";")[0]);
	}

	String send(String method, String path) throws IOException {
		HttpURLConnection connection = connect(this.port, method, path);
		connection.setRequestProperty(this.header, this.value);
		assertThat(connection.getResponseCode()).as(method + " " + path).isEqualTo(200);
		try (InputStream body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	String get(String path) {
		try {
			return send("GET", path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static HttpURLConnection connect(int port, String method, String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + port + path)
			.toURL()
			.openConnection();
		connection.setRequestMethod(method);
		connection.setInstanceFollowRedirects(false);
		connection.setConnectTimeout(20_000);
		connection.setReadTimeout(60_000);
		connection.setRequestProperty("Connection", "close");
		return connection;
	}

}
