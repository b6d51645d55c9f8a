package io.github.loopguard.test.setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * What a build tells the JVM that tests, by system properties or environment variables.
 *
 * @param properties system properties
 * @param environment environment variables
 */
public record Settings(Properties properties, Map<String, String> environment) {

	private static final String GRADLE_WORKER = "org.gradle.test.worker";

	/**
	 * Returns what this JVM was told.
	 * @return its system properties and environment variables
	 */
	public static Settings ofThisJvm() {
		return new Settings(System.getProperties(), System.getenv());
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
	 * Returns the base directory of the module that is tested.
	 * @return the directory
	 */
	public Path module() {
		return Path.of(this.properties.getProperty("basedir", this.properties.getProperty("user.dir", "")));
	}

	/**
	 * Returns the directory in which the module's build puts what it makes.
	 * @return {@code build} where Gradle builds, else {@code target}
	 */
	public Path output() {
		return module().resolve(isBuiltByGradle() ? "build" : "target");
	}

	/**
	 * Tells whether Gradle runs the tests. An IDE may run them itself, so the build file
	 * tells, too; not every module of Gradle's has one.
	 */
	private boolean isBuiltByGradle() {
		return this.properties.getProperty(GRADLE_WORKER) != null
				|| (!has("pom.xml") && (has("build.gradle") || has("build.gradle.kts")));
	}

	private boolean has(String file) {
		return Files.exists(module().resolve(file));
	}

}
