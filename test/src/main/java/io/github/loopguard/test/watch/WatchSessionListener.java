package io.github.loopguard.test.watch;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Installs Loopguard before any test can create an event loop. Found by the service
 * loader.
 *
 * @since 0.1
 */
public final class WatchSessionListener implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Watch.instance().install();
		session.getLauncher().registerTestExecutionListeners(new OtherTests(Watch.instance()));
	}

}
