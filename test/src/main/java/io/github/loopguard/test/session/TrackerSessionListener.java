package io.github.loopguard.test.session;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.report.SessionReport;
import io.github.loopguard.test.tracking.TestTracker;

/**
 * Installs Loopguard before any test can create an event loop; prints the summary of the
 * baseline and writes the reports at the end. Found by the service loader.
 * <p>
 * A session without tests changes nothing in the JVM: with several forks, Surefire looks
 * for tests in Maven's own JVM, for several modules at the same time.
 *
 * @since 0.1
 */
public final class TrackerSessionListener implements LauncherSessionListener {

	private volatile boolean executed;

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
			@Override
			public void testPlanExecutionStarted(TestPlan plan) {
				TrackerSessionListener.this.executed = true;
				TestTracker.instance().install();
			}
		});
		session.getLauncher().registerTestExecutionListeners(new OtherTests());
	}

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		if (this.executed) {
			KnownViolations.instance().summary().ifPresent(System.out::println);
			SessionReport.instance().write();
		}
	}

}
