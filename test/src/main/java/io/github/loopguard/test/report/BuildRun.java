package io.github.loopguard.test.report;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.test.setting.Settings;

/**
 * Tells one build from the next, so that reports of its JVMs are put together and those
 * of an earlier one are forgotten.
 */
final class BuildRun {

	private static final String RUN = "loopguard.report.run";

	private static final String SUREFIRE = "surefire.test.class.path";

	private static final String DAEMON = "mvnd";

	private BuildRun() {
	}

	/**
	 * Returns what all JVMs of a build have in common: a name that the build gives, or
	 * the Maven process that started them. Gradle's daemon, an IDE or Maven's daemon
	 * outlive a build, so they tell nothing.
	 * @return the name, or {@code null} if there is none
	 */
	static @Nullable String name(Settings settings) {
		String given = settings.value(RUN);
		if (given != null) {
			return given;
		}
		if (settings.properties().getProperty(SUREFIRE) == null) {
			return null;
		}
		Optional<ProcessHandle> maven = ProcessHandle.current().parent();
		return maven.filter((process) -> !process.info().commandLine().orElse("").contains(DAEMON))
			.flatMap((process) -> process.info().startInstant().map((start) -> process.pid() + "@" + start))
			.orElse(null);
	}

}
