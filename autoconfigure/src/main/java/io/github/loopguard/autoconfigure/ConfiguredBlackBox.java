package io.github.loopguard.autoconfigure;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import io.github.loopguard.autoconfigure.BlackBoxProperties.Http;
import io.github.loopguard.blackbox.BlackBoxFile;
import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.blackbox.BlackBoxSettings.Port;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;

/**
 * Converts the properties of the black box, and rejects invalid values.
 */
final class ConfiguredBlackBox {

	private static final String PREFIX = "loopguard.black-box.";

	private static final int LARGEST_PORT = 65_535;

	private static final int MOST_FILES = 1_000;

	private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);

	private ConfiguredBlackBox() {
	}

	/**
	 * Returns the settings.
	 * @param properties the properties
	 * @param profile on which the defaults depend
	 * @param application name of the application
	 */
	static BlackBoxSettings of(BlackBoxProperties properties, LoopguardProfile profile, String application) {
		BlackBoxSettings settings = new BlackBoxSettings(application, recording(properties, profile),
				port(properties.getHttp()));
		return settings.isOff() ? BlackBoxSettings.OFF : settings;
	}

	private static @Nullable Recording recording(BlackBoxProperties properties, LoopguardProfile profile) {
		DataSize size = properties.getSize();
		if (size.toBytes() < Recording.SMALLEST || size.toBytes() > BlackBoxFile.LARGEST) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "size", size, "It must be between "
					+ (Recording.SMALLEST >> 20) + "MB and " + (BlackBoxFile.LARGEST >> 20) + "MB.");
		}
		if (properties.getKeep() < 1 || properties.getKeep() > MOST_FILES) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "keep", properties.getKeep(),
					"It must be between 1 and " + MOST_FILES + ".");
		}
		Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
		Path named = directory(properties.getDirectory());
		Boolean enabled = properties.getEnabled();
		if (enabled == null) {
			enabled = named != null || (profile == LoopguardProfile.PRODUCTION && Files.isWritable(temporary));
		}
		return enabled ? new Recording((named != null) ? named : temporary, named != null, (int) size.toBytes(),
				properties.getKeep()) : null;
	}

	private static @Nullable Path directory(@Nullable String directory) {
		try {
			return StringUtils.hasText(directory) ? Path.of(directory) : null;
		}
		catch (InvalidPathException ex) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "directory", directory,
					"It must be the path of a directory.");
		}
	}

	private static @Nullable Port port(Http http) {
		if (http.getLimit().compareTo(SHORTEST_LIMIT) < 0) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "http.limit", http.getLimit(),
					"It must be at least " + SHORTEST_LIMIT.toSeconds() + " s.");
		}
		Integer port = http.getPort();
		if (port == null) {
			return null;
		}
		if (port < 0 || port > LARGEST_PORT) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "http.port", port,
					"It must be between 0 and " + LARGEST_PORT + ".");
		}
		return new Port(http.getAddress(), port, http.getLimit());
	}

}
