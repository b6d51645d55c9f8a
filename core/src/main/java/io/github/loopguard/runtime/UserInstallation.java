package io.github.loopguard.runtime;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockHound;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.blockhound.BlockHoundDetector;
import io.github.loopguard.detect.installation.Setting;

/**
 * An installation of BlockHound by a user, which Loopguard joins. There need not be an
 * application, so what is wrong is logged.
 */
final class UserInstallation {

	private static final Logger logger = LoggerFactory.getLogger(UserInstallation.class);

	private UserInstallation() {
	}

	/**
	 * Lets Loopguard join the installation of a builder.
	 */
	static void join(Loopguard loopguard, BlockHound.Builder builder) {
		BlockHoundDetector detector = loopguard.extendedDetector();
		if (Setting.BLOCKHOUND_CALLBACK.isFalse()) {
			detector.onlyHooks();
		}
		if (!detector.join(builder)) {
			warn(loopguard.detectors());
		}
	}

	/**
	 * Installs Loopguard's part when BlockHound has been installed.
	 */
	static void joinedBy(Loopguard loopguard) {
		warn(loopguard.install(ApplicationPackages.NONE));
	}

	private static void warn(List<DetectorStatus> detectors) {
		detectors.stream()
			.filter((detector) -> detector.state() != State.ACTIVE)
			.forEach((detector) -> logger.warn("Loopguard: {}", detector.explanation()));
	}

}
