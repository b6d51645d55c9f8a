package io.github.loopguard.report.baseline;

import java.util.Locale;
import java.util.Map;

/**
 * Tells whether a build server runs this, which checks a baseline and never writes one.
 *
 * @since 0.1
 */
public final class ContinuousIntegration {

	private ContinuousIntegration() {
	}

	/**
	 * Tells whether the variable {@code CI} says so, as it does on every build server in
	 * common use.
	 * @param environment variables of the environment
	 * @return whether a build server runs this
	 */
	public static boolean isIn(Map<String, String> environment) {
		String value = environment.getOrDefault("CI", "").strip().toLowerCase(Locale.ROOT);
		return value.equals("true") || value.equals("1");
	}

}
