package com.example.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoint that shows what was found, as seen from outside.
 */
final class Report {

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper mapper = JsonMapper.shared();

	private final String root;

	Report(int port) {
		this.root = "http://127.0.0.1:" + port;
	}

	String get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.root + path))
			.timeout(Duration.ofSeconds(20))
			.build();
		return this.client.send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	JsonNode blocking() throws IOException, InterruptedException {
		return this.mapper.readTree(get("/actuator/blocking"));
	}

	/**
	 * Returns what was reported since then, without what the framework does by itself.
	 */
	List<Reported> newSince(Map<String, Reported> before) throws IOException, InterruptedException {
		return byId().values()
			.stream()
			.filter((reported) -> reported.isNewSince(before) && !reported.isOfFramework())
			.toList();
	}

	Map<String, Reported> byId() throws IOException, InterruptedException {
		Map<String, Reported> reported = new LinkedHashMap<>();
		for (JsonNode violation : blocking().get("violations")) {
			Reported one = Reported.of(violation);
			reported.put(one.id(), one);
		}
		return reported;
	}

}
