package com.example.session;

import java.io.PrintWriter;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs a class of tests as build tools do.
 */
final class SessionProgram {

	private SessionProgram() {
	}

	public static void main(String[] arguments) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		try (LauncherSession session = LauncherFactory.openSession()) {
			session.getLauncher()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(DiscoverySelectors.selectClass(arguments[0]))
					.build(), listener);
		}
		PrintWriter out = new PrintWriter(System.out, true);
		listener.getSummary().printFailuresTo(out);
		out.println("succeeded: " + listener.getSummary().getTestsSucceededCount());
		System.exit(0);
	}

}
