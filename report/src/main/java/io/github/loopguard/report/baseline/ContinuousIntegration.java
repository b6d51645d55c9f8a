package io.github.loopguard.report.baseline;

import java.util.Locale;
import java.util.Map;

/**
 * Detects build servers, on which a baseline is checked and never written.
 *
 * @since 0.1
 */
public final class ContinuousIntegration {

	private ContinuousIntegration() {
	}

	/**
	 * Returns whether the variable {@code CI} is set to {@code true} or {@code 1}, as it
	 * is on all common build servers.
	 * @param environment environment variables
	 * @return {@code true} on a build server
	 */
	public static boolean isIn(Map<String, String> environment) {
		String value = environment.getOrDefault("CI", "").strip().toLowerCase(Locale.ROOT);
		return value.equals("true") || value.equals("1");
	}

}
