package io.github.loopguard.test.watch;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.report.SessionReport;

/**
 * Installs Loopguard before any test can create an event loop. Found by the service
 * loader.
 *
 * @since 0.1
 */
public final class WatchSessionListener implements LauncherSessionListener {

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		KnownViolations.instance().summary().ifPresent(System.out::println);
		SessionReport.instance().write();
	}

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Watch.instance().install();
		session.getLauncher().registerTestExecutionListeners(new OtherTests(Watch.instance()));
	}

}
