package io.github.loopguard.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.github.loopguard.Frame;
import io.github.loopguard.Violation;

/**
 * Texts that several formats share.
 */
final class ReportText {

	private ReportText() {
	}

	static String duration(Duration duration) {
		double millis = duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
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
	 * Describes a violation in one line: the call, the place, the fix and the test.
	 */
	static String sentence(ReportedViolation reported) {
		Violation violation = reported.violation();
		StringBuilder text = new StringBuilder(violation.api()).append(" blocks an event loop [")
			.append(violation.rule())
			.append("]");
		Frame place = reported.place();
		if (place != null) {
			text.append(" in ").append(place.className());
			if (place.methodName() != null) {
				text.append(".").append(place.methodName());
			}
		}
		text.append(". It happened ").append(times(reported.concernedCount()));
		text.append(" and held the loop for ").append(duration(violation.held().max()));
		text.append(". Instead: ").append(violation.fix());
		if (!reported.tests().isEmpty()) {
			text.append(". Seen in ").append(tests(reported));
		}
		return Violation.printable(text.append(".").toString());
	}

	/**
	 * Names the first test that does not tolerate a violation, and says how many more
	 * there are.
	 */
	static String tests(ReportedViolation reported) {
		List<ReportedTest> concerned = reported.concerned();
		int tolerating = reported.tests().size() - concerned.size();
		return (concerned.isEmpty() ? "" : concerned.get(0).name())
				+ ((concerned.size() > 1) ? " and " + (concerned.size() - 1) + " more" : "")
				+ ((tolerating > 0) ? ", tolerated in " + tolerating + " more" : "");
	}

	/**
	 * Escapes the characters of a path that a URI must not contain.
	 */
	static String uri(String path) {
		try {
			return new URI(null, null, "/" + path, null).toASCIIString().substring(1).replace(":", "%3A");
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("No path: " + path, ex);
		}
	}

}
