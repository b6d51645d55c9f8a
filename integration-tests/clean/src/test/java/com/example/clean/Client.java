package com.example.clean;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser of sorts: keeps a session, logs in, sends the CSRF token. Opens a connection
 * for every request.
 */
final class Client {

	private static final Pattern FIELD = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

	private static final String JSON = "application/json";

	private final int port;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	Client(int port) {
		this.port = port;
	}

	void logIn() throws IOException {
		Matcher field = FIELD.matcher(get("/login", "text/html", 200));
		assertThat(field.find()).isTrue();
		send("POST", "/login", Map.of("Content-Type", "application/x-www-form-urlencoded"),
				"username=ada&password=lovelace&_csrf=" + field.group(1), 302);
	}

	void visitEverything() throws IOException {
		assertThat(get("/json", JSON, 200)).contains("pencil");
		assertThat(get("/stream", "application/x-ndjson", 200)).contains("pencil 9");
		assertThat(get("/stream", "text/event-stream", 200)).contains("data:");
		assertThat(get("/remote", JSON, 200)).contains("pencil");
		assertThat(get("/orders", "text/plain", 200)).contains("paper");
		assertThat(get("/page", "text/html", 200)).contains("Guten Tag").contains("paper");
		assertThat(get("/form", "text/html", 200)).contains("_csrf");
		assertThat(get("/session", JSON, 200)).contains("visits");
		assertThat(get("/style.css", "text/css", 200)).contains("sans-serif");
		assertThat(get("/nowhere", JSON, 404)).contains("404");
		assertThat(get("/nowhere", "text/html", 404)).contains("<html");
		assertThat(get("/fail", JSON, 500)).contains("on purpose");
		assertThat(get("/fail", "text/html", 500)).contains("<html");
		assertThat(get("/actuator/health", JSON, 200)).contains("UP");
		assertThat(get("/actuator/prometheus", "text/plain", 200)).contains("http_server_requests");
		assertThat(get("/actuator/metrics/jvm.memory.used", JSON, 200)).contains("measurements");
		Matcher token = TOKEN.matcher(get("/csrf", JSON, 200));
		assertThat(token.find()).isTrue();
		post("/json", token.group(1), "{\"article\":\"ink\",\"amount\":3,\"due\":\"2026-12-24\"}", 200);
		assertThat(post("/json", token.group(1), "{\"article\":\"\",\"amount\":-3}", 400))
			.contains("muss gesagt werden");
		post("/orders", token.group(1), "{\"article\":\"ink\",\"amount\":3}", 200);
		upload(token.group(1), 2_000);
		send("POST", "/json", Map.of("Content-Type", JSON), "{}", 403);
	}

	void readTheDescription() throws IOException {
		assertThat(get("/v3/api-docs", JSON, 200)).contains("/upload");
		assertThat(get("/webjars/swagger-ui/index.html", "text/html", 200)).contains("swagger");
		assertThat(get("/webjars/swagger-ui/swagger-initializer.js", "*/*", 200)).contains("api-docs");
	}

	void authenticate() throws IOException {
		String credentials = Base64.getEncoder().encodeToString("ada:lovelace".getBytes(StandardCharsets.UTF_8));
		send("GET", "/session", Map.of("Authorization", "Basic " + credentials), null, 200);
		Client stranger = new Client(this.port);
		String wrong = Base64.getEncoder().encodeToString("ada:byron".getBytes(StandardCharsets.UTF_8));
		stranger.send("GET", "/session", Map.of("Authorization", "Basic " + wrong), null, 401);
	}

	void uploadMuch() throws IOException {
		Matcher token = TOKEN.matcher(get("/csrf", JSON, 200));
		assertThat(token.find()).isTrue();
		upload(token.group(1), 400_000);
	}

	String get(String path, String accept, int status) throws IOException {
		return send("GET", path, Map.of("Accept", accept, "Accept-Language", "de"), null, status);
	}

	private String post(String path, String token, String body, int status) throws IOException {
		return send("POST", path,
				Map.of("Content-Type", JSON, "Accept", JSON, "Accept-Language", "de", "X-CSRF-TOKEN", token), body,
				status);
	}

	private void upload(String token, int size) throws IOException {
		String body = "--limit\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nurgent\r\n"
				+ "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
				+ "Content-Type: text/plain\r\n\r\n" + "x".repeat(size) + "\r\n--limit--\r\n";
		assertThat(send("POST", "/upload",
				Map.of("Content-Type", "multipart/form-data; boundary=limit", "X-CSRF-TOKEN", token), body, 200))
			.contains("\"size\":" + size);
	}

	private String send(String method, String path, Map<String, String> headers, String body, int status)
			throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + this.port + path)
			.toURL()
			.openConnection();
		connection.setRequestMethod(method);
		connection.setInstanceFollowRedirects(false);
		connection.setConnectTimeout(20_000);
		connection.setReadTimeout(60_000);
		connection.setRequestProperty("Connection", "close");
		headers.forEach(connection::setRequestProperty);
		if (!this.cookies.isEmpty()) {
			connection.setRequestProperty("Cookie", String.join("; ", this.cookies.values()));
		}
		if (body != null) {
			connection.setDoOutput(true);
			connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
		}
		assertThat(connection.getResponseCode()).as(method + " " + path).isEqualTo(status);
		connection.getHeaderFields()
			.entrySet()
			.stream()
			.filter((entry) -> "Set-Cookie".equalsIgnoreCase(entry.getKey()))
			.flatMap((entry) -> entry.getValue().stream())
			.map((cookie) -> cookie.substring(0, cookie.indexOf(';')))
			.forEach((cookie) -> this.cookies.put(cookie.substring(0, cookie.indexOf('=')), cookie));
		try (InputStream in = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
			return (in != null) ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : "";
		}
	}

}
