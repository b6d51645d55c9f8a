package com.example.builder;

import java.io.PrintWriter;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs {@link BuilderCalls} as build tools do.
 */
final class BuilderProgram {

	private BuilderProgram() {
	}

	public static void main(String[] arguments) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		try (LauncherSession session = LauncherFactory.openSession()) {
			session.getLauncher()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(DiscoverySelectors.selectClass(BuilderCalls.class))
					.build(), listener);
		}
		listener.getSummary().printFailuresTo(new PrintWriter(System.out, true));
		System.out.println(listener.getSummary().getTestsSucceededCount() + " tests succeeded");
		System.exit(0);
	}

}
