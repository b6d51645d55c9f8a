package com.example.matrix;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application must show, however it was started.
 */
@FunctionalInterface
interface Expectation {

	String FINDING = "java.nio.file.Files.readString [file-read]";

	/**
	 * Checks a started application.
	 * @return what was seen, for the table
	 */
	String check(Started started) throws Exception;

	/**
	 * Everything works: one blocking request is found, and nothing is warned of.
	 */
	static Expectation finds() {
		return (started) -> {
			started.get("/block");
			JsonNode report = started.report();
			assertThat(report.path("status").asString()).as("status in %s", report.path("detectors"))
				.isEqualTo("ACTIVE");
			assertFound(report, 1);
			started.awaitOutput(FINDING, 1);
			assertThat(started.warnings()).isEmpty();
			started.awaitOutput("nothing degraded", 1);
			assertThat(started.output()).containsPattern(" INFO .* Loopguard: profile development; no JVM flag needed; "
					+ "(\\d+) of \\1 hooks live for \\d+ rules; \\d+ of \\d+ allowances in force; nothing degraded");
			return "ACTIVE, found";
		};
	}

	/**
	 * The blocking request is found although something is missing, which is said once.
	 */
	static Expectation findsDespite(String... reason) {
		return (started) -> {
			started.get("/block");
			JsonNode report = started.report();
			assertFound(report, 1);
			return "found; " + assertSaid(started, report, "DEGRADED", reason);
		};
	}

	/**
	 * The application works and says once what is missing and what to do.
	 */
	static Expectation degrades(String state, String... reason) {
		return (started) -> {
			started.get("/block");
			return assertSaid(started, started.report(), state, reason);
		};
	}

	/**
	 * The blocking code is found by an application that has no endpoint to ask.
	 */
	static Expectation logs() {
		return (started) -> {
			started.awaitOutput(FINDING, 1);
			assertThat(started.output()).containsPattern("com\\.example\\..*← your code");
			assertThat(started.warnings()).isEmpty();
			return "found, in the log";
		};
	}

	static void assertFound(JsonNode report, int times) {
		assertThat(report.path("violations").valueStream()).anySatisfy((violation) -> {
			assertThat(violation.path("api").asString()).isEqualTo("java.nio.file.Files.readString");
			assertThat(violation.path("site").path("className").asString()).isEqualTo("com.example.start.BlockingCode");
			assertThat(violation.path("count").asInt()).isEqualTo(times);
		});
	}

	private static String assertSaid(Started started, JsonNode report, String state, String... reason) {
		JsonNode detector = report.path("detectors").path(0);
		assertThat(report.path("status").asString()).isEqualTo("DEGRADED");
		assertThat(detector.path("state").asString()).as(detector.toString()).isEqualTo(state);
		assertThat(detector.path("reason").asString()).contains(reason);
		assertThat(started.warnings()).singleElement().asString().contains(reason);
		assertThat(started.output()).doesNotContain("APPLICATION FAILED TO START");
		return state + ": " + shortened(detector.path("reason").asString());
	}

	private static String shortened(String reason) {
		return (reason.length() > 100) ? reason.substring(0, 100) + "…" : reason;
	}

}
