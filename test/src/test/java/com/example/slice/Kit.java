package com.example.slice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.engine.Constants;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * What came out of a run of test classes that are expected to fail.
 *
 * @param succeeded names of tests that passed
 * @param failures failures by name of the test
 * @param classFailures failures by name of the class, or of the engine
 */
public record Kit(List<String> succeeded, Map<String, Throwable> failures, Map<String, Throwable> classFailures) {

	public static Kit run(Class<?>... cases) {
		return run(Map.of(), cases);
	}

	static Kit runInParallel(int threads, Class<?>... cases) {
		return run(Map.of(Constants.PARALLEL_EXECUTION_ENABLED_PROPERTY_NAME, "true",
				Constants.DEFAULT_PARALLEL_EXECUTION_MODE, "concurrent",
				Constants.PARALLEL_CONFIG_STRATEGY_PROPERTY_NAME, "fixed",
				Constants.PARALLEL_CONFIG_FIXED_PARALLELISM_PROPERTY_NAME, String.valueOf(threads)), cases);
	}

	private static Kit run(Map<String, String> configuration, Class<?>... cases) {
		EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
			.configurationParameters(configuration)
			.enableImplicitConfigurationParameters(false);
		for (Class<?> type : cases) {
			kit = kit.selectors(DiscoverySelectors.selectClass(type));
		}
		var results = kit.execute();
		List<String> succeeded = results.testEvents().succeeded().stream().map(Kit::name).toList();
		return new Kit(succeeded, failures(results.testEvents()), failures(results.containerEvents()));
	}

	private static Map<String, Throwable> failures(Events events) {
		Map<String, Throwable> failures = new LinkedHashMap<>();
		events.failed().stream().forEach((event) -> failures.put(name(event), failure(event)));
		return failures;
	}

	private static String name(Event event) {
		return event.getTestDescriptor().getDisplayName().replace("\"", "");
	}

	private static Throwable failure(Event event) {
		return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
	}

}
