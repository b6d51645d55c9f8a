package com.example.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.detect.loop.LoopState.State;
import io.github.loopguard.runtime.Loopguard;

/**
 * The application on a real port, with what its requests made Loopguard report.
 */
final class Conformance implements AutoCloseable {

	/**
	 * What no hook can find.
	 */
	static final Set<String> BY_LOOP_MONITOR = Set.of("Waiting.synchronizedContended", "Waiting.heavyComputation",
			"Waiting.selectWithTimeout");

	private static final LoopMonitorSettings WATCHED = new LoopMonitorSettings(true, Duration.ofMillis(100), Map.of(),
			Duration.ZERO, 1_000);

	private final ConfigurableApplicationContext application = SpringApplication.run(ConformanceApplication.class,
			"--server.port=0", "--spring.config.name=conformance", "--loopguard.log.lines-per-minute=0",
			"--management.endpoints.web.exposure.include=blocking");

	private final OperationController controller = this.application.getBean(OperationController.class);

	private final Report report = new Report(
			((ReactiveWebServerApplicationContext) this.application).getWebServer().getPort());

	private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

	private final Unwoven unwoven = new Unwoven();

	private String foundUnwoven = "?";

	/**
	 * Starts the application, and lets first requests load what handling a request needs.
	 */
	static Conformance start() throws IOException {
		Conformance conformance = new Conformance();
		for (int i = 0; i < 4; i++) {
			conformance.report.get("/blocking/none");
			conformance.report.get("/fixed/none");
			conformance.report.blocking();
		}
		return conformance;
	}

	private Conformance() {
	}

	List<Operation> operations() {
		return this.controller.operations();
	}

	/**
	 * Returns the operations that this JDK lacks.
	 */
	List<Operation> absent() {
		return this.controller.absent();
	}

	Report report() {
		return this.report;
	}

	/**
	 * Runs an operation, unless that has been done.
	 */
	Outcome outcome(Operation operation) {
		Outcome known = this.outcomes.get(operation.id());
		if (known != null) {
			return known;
		}
		Outcome outcome = run(operation);
		this.outcomes.put(operation.id(), outcome);
		return outcome;
	}

	/**
	 * Runs the fixed form first, which also loads every class the call needs, so that
	 * loading them is not reported beside it.
	 */
	private Outcome run(Operation operation) {
		List<String> problems = new ArrayList<>();
		boolean found = false;
		this.foundUnwoven = "–";
		try {
			if (BY_LOOP_MONITOR.contains(operation.id())) {
				found = runWatched(operation, problems);
			}
			else if (!operation.expectation().once()) {
				runFixed(operation, problems);
				found = runBlocking(operation, problems);
			}
			else {
				found = runBlocking(operation, problems);
				runFixed(operation, problems);
			}
		}
		catch (Throwable ex) {
			problems.add(ex.toString());
		}
		return Outcome.of(operation, found, this.foundUnwoven, problems);
	}

	/**
	 * Runs what no hook can find, with the loop monitor on. What else runs on this
	 * machine may disturb an attempt.
	 */
	private boolean runWatched(Operation operation, List<String> problems) throws Throwable {
		LoopMonitor monitor = Loopguard.instance().outside().loopMonitor();
		monitor.configure(WATCHED);
		try {
			Awaitility.await().until(() -> monitor.loops().stream().anyMatch((loop) -> loop.state() == State.IDLE));
			runFixed(operation, problems);
			for (int i = 0; i < 10; i++) {
				Map<String, Reported> before = this.report.byId();
				String thread = request("/blocking/", operation);
				check(problems, thread.startsWith("reactor-http-"), "the call was made on " + thread);
				if (isFoundSoon(operation, before)) {
					this.foundUnwoven = Unwoven.FOUND;
					return true;
				}
			}
			problems.add("no " + operation.expectation().rule() + " is reported");
			return false;
		}
		finally {
			monitor.configure(LoopMonitorSettings.OFF);
		}
	}

	private boolean isFoundSoon(Operation operation, Map<String, Reported> before) {
		try {
			Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> isFound(operation, before));
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	private boolean isFound(Operation operation, Map<String, Reported> before) throws IOException {
		Blocks expected = operation.expectation();
		return this.report.newSince(before)
			.stream()
			.anyMatch((reported) -> reported.isAt(operation) && reported.rule().equals(expected.rule())
					&& List.of(expected.api()).contains(reported.api()));
	}

	private void runFixed(Operation operation, List<String> problems) throws Throwable {
		Map<String, Reported> before = this.report.byId();
		String thread = request("/fixed/", operation);
		check(problems, thread.startsWith("boundedElastic-"), "the fixed form ran on " + thread);
		for (Reported reported : this.report.newSince(before)) {
			problems.add("the fixed form is reported: " + reported);
		}
	}

	private boolean runBlocking(Operation operation, List<String> problems) throws Throwable {
		Map<String, Reported> before = this.report.byId();
		for (int i = 0; i < operation.times(); i++) {
			String thread = request("/blocking/", operation);
			check(problems, thread.startsWith("reactor-http-"), "the call was made on " + thread);
		}
		return compare(operation, before, problems);
	}

	private boolean compare(Operation operation, Map<String, Reported> before, List<String> problems)
			throws IOException {
		Blocks expected = operation.expectation();
		String call = expected.call().isEmpty() ? expected.api()[0] : expected.call();
		Set<Integer> lines = CallLines.of(operation.bean().getClass(), operation.method().getName(), call);
		check(problems, lines.size() == 1, "the method calls " + call + " on lines " + lines);
		boolean found = false;
		for (Reported reported : this.report.newSince(before)) {
			if (reported.isAt(operation) && List.of(expected.besides()).contains(reported.rule())) {
				continue;
			}
			if (found || !reported.isAt(operation) || !reported.rule().equals(expected.rule())) {
				problems.add("also reported: " + reported);
				continue;
			}
			found = true;
			this.foundUnwoven = this.unwoven.find(operation, Loopguard.instance().ledger().stack(reported.id()));
			check(problems, List.of(expected.api()).contains(reported.api()), "named as " + reported.api());
			check(problems, reported.origin().equals("APPLICATION"), "origin " + reported.origin());
			check(problems, reported.action().equals(defaultAction(expected)), "action " + reported.action());
			check(problems, reported.count() == operation.times(), "counted " + reported.count());
			Map<String, Long> atLine = lines.stream()
				.collect(Collectors.toMap(String::valueOf, (line) -> (long) operation.times(), (a, b) -> a,
						TreeMap::new));
			check(problems, reported.lines().equals(atLine), "lines " + reported.lines() + " instead of " + atLine);
		}
		if (!found) {
			problems.add("no " + expected.rule() + " is reported");
		}
		return found;
	}

	private static String defaultAction(Blocks expected) {
		return switch (expected.rule()) {
			case "class-loading", "resource-loading" -> "OBSERVE";
			default -> "LOG";
		};
	}

	private static void check(List<String> problems, boolean right, String problem) {
		if (!right) {
			problems.add(problem);
		}
	}

	private String request(String path, Operation operation) throws Throwable {
		Object given = operation.given();
		try {
			this.controller.give(operation, given);
			return this.report.get(path + operation.id());
		}
		finally {
			close(given);
		}
	}

	private static void close(@Nullable Object given) throws Exception {
		if (given instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

	@Override
	public void close() {
		this.application.close();
	}

}
