package com.example.slice;

import java.io.PrintWriter;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs one test class in a JVM of its own, as a build tool does.
 */
final class Launch {

	private Launch() {
	}

	public static void main(String[] args) {
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
