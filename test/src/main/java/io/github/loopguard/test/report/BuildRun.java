package io.github.loopguard.test.report;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.test.setting.Settings;

/**
 * Identifies a build, so that the reports of its JVMs are merged and those of earlier
 * builds are discarded.
 */
final class BuildRun {

	private static final String RUN = "loopguard.report.run";

	private static final String SUREFIRE = "surefire.test.class.path";

	private static final String DAEMON = "mvnd";

	private BuildRun() {
	}

	/**
	 * Returns a name that all JVMs of a build share: the configured one, or one of the
	 * Maven process that started them. Gradle's daemon, Maven's daemon and IDEs run for
	 * longer than a build, so they do not identify it.
	 * @return the name, or {@code null} if unknown
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
