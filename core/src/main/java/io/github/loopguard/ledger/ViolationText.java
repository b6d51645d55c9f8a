package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Library;
import io.github.loopguard.Offender;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;

/**
 * Puts a violation into words, the same for the log, test failures and errors.
 *
 * @since 0.1
 */
public final class ViolationText {

	static final String INDENT = System.lineSeparator() + "        ";

	private ViolationText() {
	}

	/**
	 * Formats a violation over several lines.
	 * @param violation the violation
	 * @param links where to find more
	 * @return the text, without a trailing line break
	 */
	public static String of(Violation violation, Links links) {
		List<String> lines = new ArrayList<>();
		lines.add("Blocking call on event loop "
				+ (violation.threads().isEmpty() ? "(unknown)" : violation.threads().get(0)) + ": " + violation.api()
				+ " [" + violation.rule() + "]");
		Site site = violation.site();
		Offender offender = violation.offender();
		if (site != null) {
			lines.add("at " + site.frame() + "      ← your code");
		}
		if (offender != null && (site == null || !offender.frame().className().equals(site.className()))) {
			Library library = offender.library();
			lines.add(((site != null) ? "through " : "at ") + offender.frame()
					+ ((library != null) ? " of " + library.jar() : ""));
		}
		lines.add(held(violation));
		lines.addAll(WaitedText.of(violation.waited()));
		if (violation.action() == Action.FAIL) {
			lines.add(prevention(violation));
		}
		lines.add("fix: " + violation.fix());
		lines.add(links.more(violation));
		return lines.stream().map(Violation::printable).collect(Collectors.joining(INDENT));
	}

	private static String held(Violation violation) {
		String route = violation.route();
		String where = (route != null) ? "in " + route + ", " : "";
		if (violation.held().count() == 0) {
			return where + "still blocking after "
					+ format(Duration.between(violation.firstSeen(), violation.lastSeen().isAfter(violation.firstSeen())
							? violation.lastSeen() : java.time.Instant.now()));
		}
		return where + "held the loop for " + format(violation.held().max())
				+ (violation.resources().isEmpty() ? "" : ": " + String.join(", ", violation.resources()));
	}

	private static String prevention(Violation violation) {
		if (violation.heldBack() == 0 && violation.prevented() == 0) {
			return "not prevented: it happened before the action was 'fail'";
		}
		if (violation.heldBack() == 0) {
			return "prevented: the call failed with a BlockingOperationError";
		}
		String times = (violation.prevented() == 0) ? ""
				: " " + violation.heldBack() + " of " + (violation.heldBack() + violation.prevented()) + " times";
		return "not prevented" + times + ": an error thrown here could leave a lock, channel or class broken";
	}

	/**
	 * Formats a duration for people.
	 * @param duration the duration, or {@code null} if unknown
	 * @return the text, such as {@code 80 ms}
	 */
	static String format(@Nullable Duration duration) {
		if (duration == null) {
			return "an unknown time";
		}
		long micros = duration.toNanos() / 1_000;
		if (micros < 1_000) {
			return micros + " µs";
		}
		return (micros < 10_000_000) ? micros / 1_000 + " ms" : micros / 1_000_000 + " s";
	}

}
