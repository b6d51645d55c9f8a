package io.github.loopguard.session;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;

import io.github.loopguard.detect.installation.InstallationWatch;
import io.github.loopguard.detect.installation.Setting;

/**
 * Watches BlockHound's builder from the first session of tests on, so that Loopguard also
 * joins the installation of a builder that loads no integrations. Found by the service
 * loader. No agent is attached and nothing is installed until a builder is.
 *
 * @since 0.1
 */
public final class BuilderSessionListener implements LauncherSessionListener {

	private static final String BLOCKHOUND = "reactor.blockhound.BlockHound";

	private static final AtomicBoolean opened = new AtomicBoolean();

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		if (!Setting.ENABLED.isFalse() && opened.compareAndSet(false, true)) {
			try {
				Class<?> blockHound = Class.forName(BLOCKHOUND, false, getClass().getClassLoader());
				InstallationWatch.startEarly(blockHound, BuilderIntegration::new);
			}
			catch (ClassNotFoundException ex) {
				// Without BlockHound there is no builder.
			}
			catch (Exception | LinkageError ex) {
				LoggerFactory.getLogger(BuilderSessionListener.class)
					.debug("Loopguard: a builder that loads no integrations is not joined: {}", ex.toString());
			}
		}
	}

}
