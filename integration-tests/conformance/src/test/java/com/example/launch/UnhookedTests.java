package com.example.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.example.stalled.StalledApplication;
import com.jayway.jsonpath.JsonPath;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What a server without BlockHound tells of what holds its event loops.
 */
class UnhookedTests {

	private static LaunchedApplication application;

	@BeforeAll
	static void start() throws Exception {
		application = LaunchedApplication.startWithout("blockhound", StalledApplication.class,
				Map.of("LOOPGUARD_LOOPMONITOR_GRACE", "0s"), List.of());
		for (int i = 0; i < 200; i++) {
			application.get("/fine");
		}
	}

	@AfterAll
	static void stop() throws Exception {
		application.close();
	}

	@ParameterizedTest
	@CsvSource({ "hot, loop-stall, com.example.stalled.StalledController.hot, hot",
			"sleep, sleep, java.lang.Thread.sleep, sleep",
			"park, sleep, java.util.concurrent.locks.LockSupport.parkNanos, park",
			"select, loop-stall, java.nio.channels.Selector.select, select",
			"enter, monitor-enter, synchronized (java.lang.Object), enter",
			"match, loop-stall, com.example.stalled.StalledController.matches, matches",
			"native, loop-stall, com.example.stalled.StalledController.C.usleep, sleepInNativeCode" })
	void findsWhatHoldsALoop(String path, String rule, String api, String method) {
		await().atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(300))
			.ignoreException(ConditionTimeoutException.class)
			.untilAsserted(() -> {
				double before = total(rule, api, method);
				double took = Long.parseLong(application.get("/" + path));
				assertThat(told(rule, api, method, before)).isCloseTo(took, within(20.0));
			});
	}

	/**
	 * The name of the thread that holds the monitor stands in the violation.
	 */
	@Test
	void namesTheThreadThatHoldsAMonitor() throws Exception {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			application.get("/enter");
			List<String> fixes = JsonPath.read(application.get("/actuator/blocking"),
					"$.violations[?(@.rule == 'monitor-enter')].fix");
			assertThat(fixes).anyMatch((fix) -> fix.contains("held by thread holder"));
		});
	}

	@ParameterizedTest
	@CsvSource({ "hot, hot, Math.sqrt", "park, park, LockSupport.parkNanos", "select, select, selector.select",
			"native, sleepInNativeCode, usleep", "match, matches, find()" })
	void namesTheLine(String path, String method, String code) throws Exception {
		List<String> source = Files.readAllLines(Path.of("src/test/java/com/example/stalled/StalledController.java"));
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			application.get("/" + path);
			List<Integer> lines = JsonPath.read(application.get("/actuator/blocking"),
					"$.violations[?(@.site.methodName == '" + method + "')].site.lineNumber");
			assertThat(lines).isNotEmpty()
				.allSatisfy((line) -> assertThat(source.subList(line - 2, line)).anyMatch((it) -> it.contains(code)));
		});
	}

	/**
	 * The line of the block itself, not of what it does once it is entered.
	 */
	@Test
	void namesTheLineThatWaitsForAMonitor() throws Exception {
		List<String> source = Files.readAllLines(Path.of("src/test/java/com/example/stalled/StalledController.java"));
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			application.get("/enter");
			List<Integer> lines = JsonPath.read(application.get("/actuator/blocking"),
					"$.violations[?(@.rule == 'monitor-enter')].site.lineNumber");
			assertThat(lines).isNotEmpty()
				.allSatisfy((line) -> assertThat(source.get(line - 1)).contains("synchronized (this.monitor)"));
		});
	}

	@Test
	void nothingOfBlockHoundIsThere() throws Exception {
		assertThat(application.get("/actuator/blocking")).contains("add io.projectreactor.tools:blockhound")
			.contains("{\"name\":\"loop-monitor\",\"state\":\"ACTIVE\",\"reason\":null}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOOPGUARD_LOOP_MONITOR_", "LOOPGUARD_LOOPMONITOR_" })
	void shorterThresholdIsHonoured(String prefix) throws Exception {
		try (LaunchedApplication sensitive = LaunchedApplication.startWithout("blockhound", StalledApplication.class,
				Map.of(prefix + "GRACE", "0s", prefix + "THRESHOLD", "10ms"), List.of())) {
			for (int i = 0; i < 50; i++) {
				sensitive.get("/fine");
			}
			await().until(() -> {
				sensitive.get("/cool");
				return sensitive.get("/actuator/blocking").contains("com.example.stalled.StalledController.cool");
			});
		}
	}

	/**
	 * Returns what is told within some seconds. What else runs on this machine may
	 * disturb one attempt.
	 */
	private static double told(String rule, String api, String method, double before) {
		return await().atMost(Duration.ofSeconds(3)).until(() -> total(rule, api, method) - before, (told) -> told > 0);
	}

	private static double total(String rule, String api, String method) throws Exception {
		List<String> totals = JsonPath.read(application.get("/actuator/blocking"), "$.violations[?(@.rule == '" + rule
				+ "' && @.api == '" + api + "' && @.site.methodName == '" + method + "')].held.total");
		return totals.isEmpty() ? 0 : Duration.parse(totals.get(0)).toNanos() / 1e6;
	}

}
