package com.example.clean;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * About an application that does everything right, nothing is reported, from its first
 * request on and under load; and one wrong call is.
 */
class CleanApplicationIT {

	private static final int CLIENTS = 16;

	private static final int ROUNDS = 2;

	/**
	 * The log says nothing of shorter waits for a lock.
	 */
	@Test
	void nothingIsReportedFromClassesWithLogback() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.fromClasses()) {
			check(application);
		}
	}

	@Test
	void nothingIsReportedFromAnExecutableJarWithLog4j() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.fromJar()) {
			check(application);
		}
	}

	private static void check(LaunchedApplication application) throws Exception {
		int port = application.port();
		load(port);
		Client client = new Client(port);
		Map<?, ?> report = report(client);
		assertThat(report.get("status")).isEqualTo("ACTIVE");
		assertThat(announced(report)).isEmpty();
		assertThat(allowances(report)).isNotEmpty()
			.allSatisfy((allowance) -> assertThat(allowance.get("state")).as(allowance.toString()).isEqualTo("LIVE"));
		assertThat(violations(report)).isNotEmpty().noneMatch((violation) -> "cpu-heavy".equals(violation.get("rule")));
		assertThat(application.output().lines()).noneMatch((line) -> line.contains("Blocking call on event loop"))
			.anyMatch((line) -> line.contains("Loopguard: profile development") && line.endsWith("nothing degraded"));
		client.get("/wrong", "text/plain", 200);
		assertThat(announced(report(client))).singleElement()
			.satisfies((violation) -> assertThat(violation.get("api")).isEqualTo("java.lang.Thread.sleep"));
	}

	/**
	 * Everybody uses the application, and one reads how to.
	 */
	private static void load(int port) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Callable<Void>> work = IntStream.range(0, CLIENTS)
				.<Callable<Void>>mapToObj((number) -> () -> use(port, number == 0))
				.toList();
			List<Future<Void>> running = clients.invokeAll(work);
			for (Future<Void> future : running) {
				future.get();
			}
		}
		finally {
			clients.shutdown();
		}
	}

	private static Void use(int port, boolean reading) throws IOException {
		Client client = new Client(port);
		client.logIn();
		client.authenticate();
		client.uploadMuch();
		for (int i = 0; i < ROUNDS; i++) {
			client.visitEverything();
			if (reading) {
				client.readTheDescription();
			}
		}
		return null;
	}

	private static Map<?, ?> report(Client client) throws Exception {
		return new JsonMapper().readValue(client.get("/actuator/blocking", "application/json", 200), Map.class);
	}

	private static List<Map<?, ?>> allowances(Map<?, ?> report) {
		return list(report, "allowances").filter((allowance) -> "loopguard".equals(allowance.get("source"))).toList();
	}

	private static List<Map<?, ?>> announced(Map<?, ?> report) {
		return list(report, "violations").filter((violation) -> !"OBSERVE".equals(violation.get("action"))).toList();
	}

	private static List<Map<?, ?>> violations(Map<?, ?> report) {
		return list(report, "violations").toList();
	}

	private static Stream<Map<?, ?>> list(Map<?, ?> report, String name) {
		return ((List<?>) report.get(name)).stream().map((element) -> (Map<?, ?>) element);
	}

}
