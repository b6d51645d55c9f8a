package io.github.loopguard.test.setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * Settings that a build passes to the JVM of its tests, by system properties or
 * environment variables.
 */
public final class Settings {

	private static final String GRADLE_WORKER = "org.gradle.test.worker";

	private final Properties properties;

	private final Map<String, String> environment;

	/**
	 * Creates an instance.
	 * @param properties system properties
	 * @param environment environment variables
	 */
	public Settings(Properties properties, Map<String, String> environment) {
		this.properties = properties;
		this.environment = environment;
	}

	/**
	 * Returns the settings of this JVM.
	 * @return its system properties and environment variables
	 */
	public static Settings ofThisJvm() {
		return new Settings(System.getProperties(), System.getenv());
	}

	/**
	 * Returns the system properties.
	 * @return system properties
	 */
	public Properties properties() {
		return this.properties;
	}

	/**
	 * Returns the environment variables.
	 * @return values by name
	 */
	public Map<String, String> environment() {
		return this.environment;
	}

	/**
	 * Returns a setting: the system property, else the environment variable.
	 * @param property such as {@code loopguard.baseline.mode}, whose variable is
	 * {@code LOOPGUARD_BASELINE_MODE}
	 * @return its value, or {@code null} if it is not set or blank
	 */
	public @Nullable String value(String property) {
		String value = this.properties.getProperty(property,
				this.environment.get(property.replace('.', '_').toUpperCase(Locale.ROOT)));
		return (value != null && !value.isBlank()) ? value : null;
	}

	/**
	 * Returns the base directory of the module under test.
	 * @return the directory
	 */
	public Path module() {
		return Path.of(this.properties.getProperty("basedir", this.properties.getProperty("user.dir", "")));
	}

	/**
	 * Returns the output directory of the module's build.
	 * @return {@code build} where Gradle builds, else {@code target}
	 */
	public Path output() {
		return module().resolve(isBuiltByGradle() ? "build" : "target");
	}

	/**
	 * Returns whether the module is built by Gradle. An IDE may run the tests without
	 * Gradle's worker, so the build file counts, too; not every Gradle module has one.
	 */
	private boolean isBuiltByGradle() {
		return this.properties.getProperty(GRADLE_WORKER) != null
				|| (!has("pom.xml") && (has("build.gradle") || has("build.gradle.kts")));
	}

	private boolean has(String file) {
		return Files.exists(module().resolve(file));
	}

}
