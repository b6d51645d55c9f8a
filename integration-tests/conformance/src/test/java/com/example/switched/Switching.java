package com.example.switched;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.example.http.TestClients;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint of a server whose settings are switched.
 */
final class Switching {

	private final WebTestClient client;

	Switching(int port) {
		this.client = TestClients.of(port);
	}

	String get(String path) {
		return this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	/**
	 * Returns the endpoint's response, which must match the schema.
	 */
	JsonNode report() throws Exception {
		String json = get("/actuator/blocking");
		assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
			.getSchema(Files.readString(Path.of("../../docs/endpoint.schema.json")))
			.validate(json, InputFormat.JSON)).isEmpty();
		return new JsonMapper().readTree(json);
	}

	BodyContentSpec change(String json) {
		return post(json, 200);
	}

	BodyContentSpec post(String json, int status) {
		return this.client.post()
			.uri("/actuator/blocking")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody();
	}

	static List<Violation> violations(String method) {
		return Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((it) -> it.site() != null && it.site().methodName().equals(method))
			.toList();
	}

}
