package io.github.loopguard.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.loopguard.Frame;
import io.github.loopguard.Site;

/**
 * Counts the occurrences on each line of a site. Bounded: lines beyond the limit are
 * counted together.
 */
final class LineCounters {

	private final Map<Integer, LongAdder> lines = new ConcurrentHashMap<>();

	private final LongAdder others = new LongAdder();

	LongAdder of(int lineNumber) {
		synchronized (this.lines) {
			if (this.lines.size() == Site.MAX_LINES && !this.lines.containsKey(lineNumber)) {
				return this.others;
			}
			return this.lines.computeIfAbsent(lineNumber, (line) -> new LongAdder());
		}
	}

	/**
	 * Returns the site with its lines.
	 * @param frame the site's frame
	 */
	Site site(Frame frame) {
		Map<Integer, Long> counts = new TreeMap<>();
		this.lines.forEach((line, count) -> counts.put(line, count.sum()));
		return Site.of(frame, counts, this.others.sum());
	}

}
