package com.example.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoint that shows what was found, as seen from outside.
 */
final class Report {

	private static final int TIMEOUT_MILLIS = 20_000;

	private final JsonMapper mapper = JsonMapper.shared();

	private final String root;

	Report(int port) {
		this.root = "http://127.0.0.1:" + port;
	}

	/**
	 * Makes a request on a connection of its own.
	 */
	String get(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(this.root + path).toURL().openConnection();
		connection.setRequestProperty("Connection", "close");
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		try (InputStream body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	JsonNode blocking() throws IOException {
		return this.mapper.readTree(get("/actuator/blocking"));
	}

	/**
	 * Returns what was reported since then, without what others do.
	 */
	List<Reported> newSince(Map<String, Reported> before) throws IOException {
		return byId().values()
			.stream()
			.filter((reported) -> reported.isNewSince(before) && !reported.isOfOthers())
			.toList();
	}

	Map<String, Reported> byId() throws IOException {
		Map<String, Reported> reported = new LinkedHashMap<>();
		for (JsonNode violation : blocking().get("violations")) {
			Reported one = Reported.of(violation);
			reported.put(one.id(), one);
		}
		return reported;
	}

}
