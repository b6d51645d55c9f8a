package com.example.matrix;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines of Spring Boot besides the one that Loopguard is built with.
 */
class BootLinesStartTests {

	@ParameterizedTest
	@CsvSource({ "4.0, 4.0.7", "4.1.1, 4.1.1" })
	void smoke(String line, String version) throws Exception {
		ClassPath classPath = ClassPath.application(line);
		assertThat(classPath.find("spring-boot-" + version)).isNotNull();
		StartMatrix.row("Spring Boot " + version, Launch.application(classPath), (started) -> {
			String seen = Expectation.finds().check(started);
			assertThat(started.get("/actuator/metrics/loopguard.occurrences?tag=rule:file-read"))
				.contains("\"value\":1.0");
			String id = started.report()
				.path("violations")
				.valueStream()
				.filter((violation) -> "file-read".equals(violation.path("rule").asString()))
				.map((violation) -> violation.path("id").asString())
				.findFirst()
				.orElseThrow();
			assertThat(started.get("/actuator/blocking/" + id)).contains("BlockingCode.read");
			assertThat(started.get("/actuator/blocking/rules/file-read")).contains("bridge");
			return seen + ", endpoint and meters";
		});
	}

}
