package com.example.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.example.stalled.StalledApplication;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the flight recorder alone tells of a server without BlockHound.
 */
@DisabledOnOs(OS.WINDOWS)
class RecordedTests {

	private static LaunchedApplication application;

	@BeforeAll
	static void start() throws Exception {
		application = LaunchedApplication.startWithout(
				"blockhound", StalledApplication.class, Map.of("LOOPGUARD_LOOPMONITOR_ENABLED", "false",
						"LOOPGUARD_FLIGHTRECORDER_ENABLED", "true", "LOOPGUARD_FLIGHTRECORDER_STARTDELAY", "0s"),
				List.of());
		await().atMost(Duration.ofSeconds(30))
			.until(() -> application.get("/actuator/blocking")
				.contains("{\"name\":\"flight-recorder\",\"state\":\"ACTIVE\",\"reason\":null}"));
	}

	@AfterAll
	static void stop() throws Exception {
		application.close();
	}

	@ParameterizedTest
	@CsvSource({ "sleep, sleep, java.lang.Thread.sleep, Thread.sleep",
			"park, sleep, java.util.concurrent.locks.LockSupport.parkNanos, LockSupport.parkNanos",
			"read, file-read, java.nio.file.Files.readString, Files.readString",
			"enter, monitor-enter, synchronized (java.lang.Object), synchronized (this.monitor)" })
	void findsWhatHoldsALoop(String path, String rule, String api, String code) throws Exception {
		List<String> source = Files.readAllLines(Path.of("src/test/java/com/example/stalled/StalledController.java"));
		long took = Long.parseLong(application.get("/" + path));
		List<Map<String, Object>> found = await().atMost(Duration.ofSeconds(15))
			.until(() -> violations(rule, api, path), (it) -> !it.isEmpty());
		assertThat(found).singleElement().satisfies((violation) -> {
			assertThat(violation).containsEntry("detectors", List.of("flight-recorder")).containsEntry("count", 1);
			assertThat((String) JsonPath.read(violation, "$.site.fileName")).isEqualTo("StalledController.java");
			assertThat(source.get((int) JsonPath.read(violation, "$.site.lineNumber") - 1)).contains(code);
			Duration held = Duration.parse(JsonPath.read(violation, "$.held.max"));
			// The JVM calibrates the clock of its recordings when it starts, not exactly
			// on a busy machine.
			assertThat(held.toMillis()).isBetween(took / 2, took + took / 20 + 1);
		});
	}

	@Test
	void fileIsNamedWithoutItsDirectory() throws Exception {
		application.get("/read");
		List<Map<String, Object>> found = await().atMost(Duration.ofSeconds(15))
			.until(() -> violations("file-read", "java.nio.file.Files.readString", "read"), (it) -> !it.isEmpty());
		assertThat(found.get(0)).containsEntry("resources", List.of("invoices.csv"));
	}

	private static List<Map<String, Object>> violations(String rule, String api, String method) throws Exception {
		return JsonPath.read(application.get("/actuator/blocking"), "$.violations[?(@.rule == '" + rule
				+ "' && @.api == '" + api + "' && @.site.methodName == '" + method + "')]");
	}

}
