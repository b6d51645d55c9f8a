package io.github.loopguard.benchmarks.suite;

import java.io.PrintWriter;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
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
		FirstTest first = new FirstTest();
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		long began = System.nanoTime();
		long ended;
		try (LauncherSession session = LauncherFactory.openSession()) {
			session.getLauncher()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(DiscoverySelectors.selectClass(args[0]))
					.build(), summary, first);
			ended = System.nanoTime();
		}
		long closed = System.nanoTime();
		if (summary.getSummary().getTestsSucceededCount() != WebSuite.TESTS) {
			summary.getSummary().printFailuresTo(new PrintWriter(System.out, true));
			throw new IllegalStateException("Only " + summary.getSummary().getTestsSucceededCount() + " tests passed");
		}
		System.out.printf("installed and started in %d ms, first test %d ms, the others %d ms, then %d ms%n",
				(first.began - began) / 1_000_000, (first.ended - first.began) / 1_000_000,
				(ended - first.ended) / 1_000_000, (closed - ended) / 1_000_000);
		System.exit(0);
	}

	/**
	 * Notes when the first test ran: what a JVM pays once is over by then.
	 */
	private static final class FirstTest implements TestExecutionListener {

		private long began;

		private long ended;

		@Override
		public void executionStarted(TestIdentifier test) {
			if (test.isTest() && this.began == 0) {
				this.began = System.nanoTime();
			}
		}

		@Override
		public void executionFinished(TestIdentifier test, TestExecutionResult result) {
			if (test.isTest() && this.ended == 0) {
				this.ended = System.nanoTime();
			}
		}

	}

}
