package io.github.loopguard.benchmarks.suite;

import java.io.PrintWriter;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs one suite as a build tool does, in a JVM of its own.
 */
final class SuiteRun {

	private SuiteRun() {
	}

	public static void main(String[] args) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		long began = System.nanoTime();
		long opened;
		long ended;
		try (LauncherSession session = LauncherFactory.openSession()) {
			opened = System.nanoTime();
			session.getLauncher()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(DiscoverySelectors.selectClass(args[0]))
					.build(), listener);
			ended = System.nanoTime();
		}
		long closed = System.nanoTime();
		if (listener.getSummary().getTestsSucceededCount() != WebSuite.TESTS) {
			listener.getSummary().printFailuresTo(new PrintWriter(System.out, true));
			throw new IllegalStateException("Only " + listener.getSummary().getTestsSucceededCount() + " tests passed");
		}
		System.out.printf("installed in %d ms, tests %d ms, then %d ms%n", (opened - began) / 1_000_000,
				(ended - opened) / 1_000_000, (closed - ended) / 1_000_000);
		System.exit(0);
	}

}
