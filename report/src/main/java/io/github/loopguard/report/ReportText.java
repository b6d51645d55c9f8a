package io.github.loopguard.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;

/**
 * The few words that all forms of a report share.
 */
final class ReportText {

	private ReportText() {
	}

	static String duration(Duration duration) {
		double millis = duration.toNanos() / 1e6;
		if (millis < 1) {
			return String.format(Locale.ROOT, "%.0f µs", millis * 1_000);
		}
		return (millis < 10_000) ? String.format(Locale.ROOT, "%.0f ms", millis)
				: String.format(Locale.ROOT, "%.1f s", millis / 1_000);
	}

	static String times(long count) {
		return (count == 1) ? "once" : count + " times";
	}

	/**
	 * Escapes what a path may contain and a URI may not.
	 */
	static String uri(String path) {
		try {
			return new URI(null, null, path, null).toASCIIString().replace(":", "%3A");
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("No path: " + path, ex);
		}
	}

}
