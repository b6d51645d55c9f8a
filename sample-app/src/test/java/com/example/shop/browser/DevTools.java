package com.example.shop.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The browser's own protocol, as far as a test needs it: calls and their answers.
 */
final class DevTools implements WebSocket.Listener {

	private static final int PATIENCE_SECONDS = 60;

	private final JsonMapper json = new JsonMapper();

	private final AtomicInteger ids = new AtomicInteger();

	private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();

	private final StringBuilder received = new StringBuilder();

	private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

	static DevTools connect(URI page) {
		DevTools tools = new DevTools();
		tools.socket.complete(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, tools).join());
		return tools;
	}

	JsonNode call(String method, Map<String, Object> parameters) {
		int id = this.ids.incrementAndGet();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.calls.put(id, answer);
		this.socket.join()
			.sendText(this.json.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
			.join();
		JsonNode message = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
		if (message.has("error")) {
			throw new IllegalStateException(method + ": " + message.path("error"));
		}
		return message.path("result");
	}

	void close() {
		this.socket.join().abort();
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.received.append(data);
		if (last) {
			JsonNode message = this.json.readTree(this.received.toString());
			this.received.setLength(0);
			CompletableFuture<JsonNode> call = this.calls.remove(message.path("id").asInt(-1));
			if (call != null) {
				call.complete(message);
			}
		}
		webSocket.request(1);
		return CompletableFuture.completedStage(null);
	}

}
