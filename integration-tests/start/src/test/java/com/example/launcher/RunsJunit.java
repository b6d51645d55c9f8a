package com.example.launcher;

import java.io.PrintWriter;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs a test of the application as a build does.
 */
public final class RunsJunit {

	private RunsJunit() {
	}

	public static void main(String[] args) {
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(BlockingTestCase.class))
			.build();
		Launcher launcher = LauncherFactory.create();
		launcher.execute(request, summary);
		PrintWriter output = new PrintWriter(System.out, true);
		summary.getSummary().printTo(output);
		summary.getSummary().printFailuresTo(output);
		System.exit(0);
	}

}
