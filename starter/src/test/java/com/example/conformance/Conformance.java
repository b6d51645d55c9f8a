package com.example.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.loopguard.Loopguard;

/**
 * The application on a real port, with what its requests made Loopguard report.
 */
final class Conformance implements AutoCloseable {

	private final ConfigurableApplicationContext application = SpringApplication.run(ConformanceApplication.class,
			"--server.port=0", "--spring.jmx.enabled=false", "--loopguard.log.lines-per-minute=0",
			"--management.endpoints.web.exposure.include=blocking");

	private final OperationController controller = this.application.getBean(OperationController.class);

	private final Report report = new Report(
			((ReactiveWebServerApplicationContext) this.application).getWebServer().getPort());

	private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

	List<Operation> operations() {
		return this.controller.operations();
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
		try {
			Map<String, Reported> before = this.report.byId();
			String thread = request("/fixed/", operation);
			check(problems, thread.startsWith("boundedElastic-"), "the fixed form ran on " + thread);
			for (Reported reported : this.report.newSince(before)) {
				problems.add("the fixed form is reported: " + reported);
			}
			before = this.report.byId();
			for (int i = 0; i < operation.expectation().times(); i++) {
				thread = request("/blocking/", operation);
				check(problems, thread.startsWith("reactor-http-"), "the call was made on " + thread);
			}
			boolean found = compare(operation, before, problems);
			return Outcome.of(operation, found, problems);
		}
		catch (Throwable ex) {
			problems.add(ex.toString());
			return Outcome.of(operation, false, problems);
		}
	}

	private boolean compare(Operation operation, Map<String, Reported> before, List<String> problems)
			throws IOException {
		Blocks expected = operation.expectation();
		String call = expected.call().isEmpty() ? expected.api() : expected.call();
		Set<Integer> lines = CallLines.of(operation.bean().getClass(), operation.method().getName(), call);
		check(problems, lines.size() == 1, "the method calls " + call + " on lines " + lines);
		boolean found = false;
		for (Reported reported : this.report.newSince(before)) {
			if (found || !reported.isAt(operation) || !reported.rule().equals(expected.rule())) {
				problems.add("also reported: " + reported);
				continue;
			}
			found = true;
			check(problems, reported.api().equals(expected.api()), "named as " + reported.api());
			check(problems, reported.origin().equals("APPLICATION"), "origin " + reported.origin());
			check(problems, reported.action().equals(defaultAction(expected)), "action " + reported.action());
			check(problems, reported.count() == expected.times(), "counted " + reported.count());
			Map<String, Long> atLine = lines.stream()
				.collect(Collectors.toMap(String::valueOf, (line) -> (long) expected.times(), (a, b) -> a,
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

	String status() {
		return Loopguard.instance().detectors().toString();
	}

	@Override
	public void close() {
		this.application.close();
	}

}
