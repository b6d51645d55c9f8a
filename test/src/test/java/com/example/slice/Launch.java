package com.example.slice;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import reactor.core.publisher.Hooks;

/**
 * Runs one test class in a JVM of its own, as a build tool does.
 */
final class Launch {

	private Launch() {
	}

	/**
	 * Property that turns Reactor's automatic context propagation on.
	 */
	static final String AUTOMATIC = "slice.automatic";

	static String run(Class<?> type, List<String> options) throws IOException {
		return run(type, options, Map.of());
	}

	static String run(Class<?> type, List<String> options, Map<String, String> environment) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launch.class.getName(), type.getName()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().removeAll(List.of("CI", "GITHUB_ACTIONS"));
		builder.environment().putAll(environment);
		Process process = builder.start();
		try (InputStream output = process.getInputStream()) {
			return new String(output.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	public static void main(String[] args) {
		if (Boolean.getBoolean(AUTOMATIC)) {
			Hooks.enableAutomaticContextPropagation();
		}
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		try (LauncherSession session = LauncherFactory.openSession()) {
			session.getLauncher()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(DiscoverySelectors.selectClass(args[0]))
					.build(), listener);
		}
		PrintWriter out = new PrintWriter(System.out, true);
		out.println("passed: " + listener.getSummary().getTestsSucceededCount());
		listener.getSummary()
			.getFailures()
			.forEach((failure) -> out
				.println("failed: " + failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
	}

}
