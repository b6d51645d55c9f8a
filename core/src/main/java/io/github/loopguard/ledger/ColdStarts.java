package io.github.loopguard.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.loopguard.ledger.LedgerTotals.ColdStart;

/**
 * What event loops loaded because code ran for the first time, within a limit.
 */
final class ColdStarts {

	private static final int LIMIT = 100;

	private static final String OTHERS = "others";

	private final Map<String, Place> places = new ConcurrentHashMap<>();

	private final LongAdder count = new LongAdder();

	ColdStarts() {
	}

	/**
	 * Counts the loading of a class. Called on event loops.
	 * @param at class and method of the code that needs it
	 * @param className name of the class
	 * @param begins whether it is not the consequence of loading another one
	 */
	void add(String at, String className, boolean begins) {
		Place place = this.places.get(at);
		if (place == null) {
			place = this.places.computeIfAbsent((this.places.size() < LIMIT) ? at : OTHERS,
					(missing) -> new Place(className));
		}
		place.classes.increment();
		place.lastSeen = System.currentTimeMillis();
		if (begins) {
			place.count.increment();
			this.count.increment();
		}
	}

	/**
	 * Returns how often code had to load classes.
	 * @return the number since the start
	 */
	long count() {
		return this.count.sum();
	}

	/**
	 * Returns the places, those with most classes first.
	 * @return snapshots
	 */
	List<ColdStart> all() {
		return this.places.entrySet()
			.stream()
			.map((it) -> it.getValue().snapshot(it.getKey()))
			.sorted(Comparator.comparing(ColdStart::classes).reversed().thenComparing(ColdStart::at))
			.toList();
	}

	private static final class Place {

		private final String firstClass;

		private final long firstSeen = System.currentTimeMillis();

		private final LongAdder count = new LongAdder();

		private final LongAdder classes = new LongAdder();

		private volatile long lastSeen = this.firstSeen;

		Place(String firstClass) {
			this.firstClass = firstClass;
		}

		ColdStart snapshot(String at) {
			return new ColdStart(at, this.count.sum(), this.classes.sum(), this.firstClass,
					Instant.ofEpochMilli(this.firstSeen), Instant.ofEpochMilli(this.lastSeen));
		}

	}

}
