package io.github.loopguard.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;

/**
 * Puts into words what waited.
 */
final class WaitedText {

	private WaitedText() {
	}

	/**
	 * Returns the lines, none if nothing is known to have waited.
	 */
	static List<String> of(Waited waited) {
		List<String> lines = new ArrayList<>();
		String who = Stream.of(number(waited.requests(), "request"), number(waited.tasks(), "queued task"))
			.filter((it) -> !it.isEmpty())
			.collect(Collectors.joining(" and "));
		if (!who.isEmpty()) {
			lines.add("made " + who + " wait"
					+ ((waited.total() != null) ? ", at most " + ViolationText.format(waited.total()) + " in all" : "")
					+ (waited.routes().isEmpty() ? "" : ": "
							+ waited.routes().stream().map(Waited.Route::route).collect(Collectors.joining(", "))));
		}
		if (!waited.timeouts().isEmpty()) {
			lines.add("made client calls time out: " + kinds(waited.timeouts())
					+ "; the event loop stood still, which says nothing about the network");
		}
		return lines;
	}

	/**
	 * Returns that client calls timed out for a violation which was told before.
	 * @param timeouts how many, by kind
	 */
	static String ofTimeouts(Violation violation, Map<String, Long> timeouts, Links links) {
		Frame at = (violation.site() != null) ? violation.site().frame()
				: (violation.offender() != null) ? violation.offender().frame() : null;
		return Stream
			.of("Client calls timed out because their event loop stood still, which says nothing about the network: "
					+ kinds(timeouts),
					"held by " + violation.api() + " [" + violation.rule() + "]" + ((at != null) ? " at " + at : ""),
					links.more(violation))
			.map(Violation::printable)
			.collect(Collectors.joining(ViolationText.INDENT));
	}

	private static String kinds(Map<String, Long> timeouts) {
		return new TreeMap<>(timeouts).entrySet()
			.stream()
			.map((it) -> it.getValue() + " × " + it.getKey())
			.collect(Collectors.joining(", "));
	}

	private static String number(@Nullable Long count, String what) {
		return (count == null || count == 0) ? "" : count + " " + what + ((count == 1) ? "" : "s");
	}

}
