package com.example.packaged;

import java.io.PrintWriter;
import java.util.Arrays;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Tests as a program, which can be packaged like any other.
 */
public final class TestProgram {

	private TestProgram() {
	}

	/**
	 * Runs tests; exits with the number of those that failed.
	 * @param classes names of their classes
	 */
	public static void main(String[] classes) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		try (LauncherSession session = LauncherFactory.openSession()) {
			session.getLauncher()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(Arrays.stream(classes).map(DiscoverySelectors::selectClass).toList())
					.build(), listener);
		}
		TestExecutionSummary summary = listener.getSummary();
		summary.printFailuresTo(new PrintWriter(System.out, true));
		System.out.println(summary.getTestsSucceededCount() + " tests succeeded, loaded by "
				+ TestProgram.class.getClassLoader().getClass().getName());
		System.exit((int) summary.getTotalFailureCount());
	}

}
