package com.example.baseline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import com.example.http.TestClients;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a running application does with a baseline. The action is {@code fail}, so that
 * what is tolerated differs most from what is not.
 */
@SpringBootTest(classes = KnownApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=blocking",
				"loopguard.baseline.location=classpath:com/example/baseline/known.json",
				"loopguard.rules.file-read.action=fail" })
@ExtendWith(OutputCaptureExtension.class)
class KnownTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	@LocalServerPort
	private int port;

	@Test
	void toleratesWhatIsKnownUntilItExpires(CapturedOutput output) throws Exception {
		assertThat(get("/accepted").getStatus()).isEqualTo(HttpStatus.OK);
		assertThat(get("/accepted").getStatus()).isEqualTo(HttpStatus.OK);
		assertThat(get("/expired").getStatus()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertThat(get("/unknown").getStatus()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(output).contains("KnownApplication$Routes.expired(KnownApplication.java:")
				.contains("KnownApplication$Routes.unknown(KnownApplication.java:"));
		assertThat(output).doesNotContain("Routes.accepted(KnownApplication.java:");

		WebTestClient.BodyContentSpec report = client().get().uri("/actuator/blocking").exchange().expectBody();
		report.jsonPath(violation("accepted", "tolerated")).isEqualTo("accepted: until tariffs move to the database");
		report.jsonPath(violation("accepted", "owner")).isEqualTo("@team-orders");
		report.jsonPath(violation("accepted", "action")).isEqualTo("OBSERVE");
		report.jsonPath(violation("accepted", "count")).isEqualTo(2);
		report.jsonPath(violation("expired", "tolerated")).isEqualTo(null);
		report.jsonPath(violation("expired", "owner")).isEqualTo("@team-web");
		report.jsonPath(violation("expired", "action")).isEqualTo("FAIL");
		report.jsonPath(violation("unknown", "owner")).isEqualTo(null);
		report.jsonPath(allowance("accepted", "state")).isEqualTo("LIVE");
		report.jsonPath(allowance("accepted", "count")).isEqualTo(2);
		report.jsonPath(allowance("accepted", "until")).isEqualTo("2999-12-31");
		report.jsonPath(allowance("expired", "state")).isEqualTo("EXPIRED");

		String json = new String(get("/actuator/blocking").getResponseBodyContent());
		assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
			.getSchema(Files.readString(Path.of("../../docs/endpoint.schema.json")))
			.validate(json, InputFormat.JSON)).isEmpty();
	}

	@Test
	void saysAtStartWhatIsKnownAndWhatHasExpired(CapturedOutput output) {
		run("--loopguard.baseline.location=classpath:com/example/baseline/known.json").close();
		assertThat(output).contains("baseline with 2 known violations");
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(output)
				.contains("the allowance of baseline for com.example.baseline.KnownApplication$Routes#expired is "
						+ "EXPIRED. Its last day was 2020-12-31. Fix the call, or give the allowance a later day."));
	}

	@ParameterizedTest
	@MethodSource
	void saysWhatIsWrongWithTheFile(String text, String problem, String remedy, CapturedOutput output,
			@TempDir Path directory) throws Exception {
		Path file = directory.resolve("known.json");
		if (!text.isEmpty()) {
			Files.writeString(file, text);
		}
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> run("--loopguard.baseline.location=" + file));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("loopguard.baseline.location=" + file + " " + problem)
			.contains(remedy);
	}

	static Stream<Arguments> saysWhatIsWrongWithTheFile() {
		return Stream.of(arguments("", "names no file", "classpath:loopguard-baseline.json"),
				arguments("{\n  \"schema\": 1,\n  \"entry\": []\n}",
						"cannot be read, line 3: 'entry' is not known here", "loopguard.baseline.mode=off"));
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(KnownApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run(arguments);
	}

	private EntityExchangeResult<byte[]> get(String path) {
		return client().get().uri(path).exchange().expectBody().returnResult();
	}

	private WebTestClient client() {
		return TestClients.of(this.port);
	}

	private static String violation(String method, String property) {
		return "$.violations[?(@.site.methodName == '" + method + "')]." + property;
	}

	private static String allowance(String method, String property) {
		return "$.allowances[?(@.source == 'baseline' && @.method =~ /.*#" + method + "/)]." + property;
	}

}
