package io.github.loopguard.test.baseline;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.loopguard.report.baseline.BaselineFile;
import io.github.loopguard.report.baseline.ContinuousIntegration;
import io.github.loopguard.test.setting.Settings;

/**
 * Settings of the baseline of tests.
 *
 * @param mode how it is used
 * @param file the file
 * @param notice a notice to show, or an empty string
 */
record BaselineSettings(BaselineRunMode mode, BaselineFile file, String notice) {

	private static final String MODE = "loopguard.baseline.mode";

	private static final String LOCATION = "loopguard.baseline.location";

	/**
	 * Reads the settings from system properties or environment variables, with defaults
	 * that depend on whether the module has a file.
	 * @throws IllegalArgumentException if a setting is invalid
	 */
	static BaselineSettings of(Settings settings) {
		String location = settings.value(LOCATION);
		String mode = settings.value(MODE);
		Path base = settings.module();
		BaselineFile file = (location != null) ? file(base, location) : BaselineFile.of(base);
		if (mode == null) {
			if (location != null) {
				requireFile(file, location);
			}
			return new BaselineSettings(file.exists() ? BaselineRunMode.CHECK : BaselineRunMode.OFF, file, "");
		}
		BaselineRunMode wanted = BaselineRunMode.find(mode)
			.orElseThrow(() -> new IllegalArgumentException(MODE + "=" + mode + " does not exist. Write one of "
					+ Arrays.stream(BaselineRunMode.values())
						.map(BaselineRunMode::toString)
						.collect(Collectors.joining(", "))
					+ "."));
		if (wanted.writes() && ContinuousIntegration.isIn(settings.environment())) {
			return new BaselineSettings(BaselineRunMode.CHECK, file, "CI=" + settings.environment().get("CI") + ", so "
					+ MODE + "=" + wanted + " writes nothing; the file was checked instead");
		}
		if (location != null && (wanted == BaselineRunMode.CHECK || wanted == BaselineRunMode.PRUNE)) {
			requireFile(file, location);
		}
		return new BaselineSettings(wanted, file, "");
	}

	private static BaselineFile file(Path base, String location) {
		try {
			BaselineFile file = new BaselineFile(
					base.resolve(location.startsWith("file:") ? location.substring("file:".length()) : location));
			if (Files.isDirectory(file.path())) {
				throw new IllegalArgumentException(LOCATION + "=" + location + " is a directory. Name a file in it, "
						+ "such as " + file.path().resolve(BaselineFile.NAME) + ".");
			}
			return file;
		}
		catch (InvalidPathException ex) {
			throw new IllegalArgumentException(LOCATION + "=" + location + " is no path of a file. Tests need a file, "
					+ "such as " + BaselineFile.NAME + ".", ex);
		}
	}

	private static void requireFile(BaselineFile file, String location) {
		if (!file.exists()) {
			throw new IllegalArgumentException(LOCATION + "=" + location + " names " + file
					+ ", which does not exist. Correct it, or record the file with -D" + MODE + "=record.");
		}
	}

}
