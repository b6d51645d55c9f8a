package io.github.loopguard.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.loopguard.Action;
import io.github.loopguard.ViolationKey;

/**
 * Takes entries out of the ledger, to keep it within its limit or because they are to be
 * forgotten, and looks after them until no event loop can be counting into them any more,
 * so that the sums add up although nobody on a loop ever waits.
 */
final class Eviction {

	private static final int LOOKS = 5;

	private final Map<ViolationKey, ViolationEntry> entries;

	private final List<Departure> departures = new ArrayList<>();

	private final LongAdder dropped = new LongAdder();

	private final LongAdder evicted = new LongAdder();

	private final LongAdder cleared = new LongAdder();

	private final LongAdder heldBack = new LongAdder();

	/**
	 * Creates departures from a ledger.
	 * @param entries the entries by key; live
	 */
	Eviction(Map<ViolationKey, ViolationEntry> entries) {
		this.entries = entries;
	}

	/**
	 * Drops the entries that were not seen for the longest time, and accounts for what
	 * was counted late. Only on the ledger's thread.
	 * @param limit how many may stay
	 */
	void evict(int limit) {
		settle();
		int excess = this.entries.size() - limit;
		if (excess <= 0) {
			return;
		}
		this.entries.entrySet()
			.stream()
			.map((entry) -> new Candidate(entry.getKey(), entry.getValue(), entry.getValue().lastSeen()))
			.sorted(Comparator.comparingLong(Candidate::lastSeen))
			.limit(excess)
			.toList()
			.forEach((candidate) -> {
				this.evicted.increment();
				depart(candidate.violation(), candidate.entry(), this.dropped);
			});
	}

	/**
	 * Takes an entry out that nobody wants to hear of any more.
	 */
	void forget(ViolationKey violation, ViolationEntry entry) {
		depart(violation, entry, this.cleared);
	}

	/**
	 * Takes an entry out whose violation another one stands for now.
	 */
	void replace(ViolationKey violation, ViolationEntry entry, ViolationEntry successor) {
		this.entries.remove(violation, entry);
		successor.succeed(entry);
		entry.retire();
		Classification previous = entry.classification();
		add(entry, (counts) -> successor.absorb(counts, previous));
	}

	/**
	 * Returns a tally for occurrences whose violation has no place.
	 * @param action what is done about them
	 * @param sum sum they belong to
	 * @param full tells whether there still is no place
	 */
	OccurrenceCounter overflow(Action action, Total sum, BooleanSupplier full) {
		return OccurrenceCounter.overflow(new OccurrenceCounter.Overflow(action, sum, this.heldBack, full),
				this.dropped);
	}

	long dropped() {
		return this.dropped.sum();
	}

	long heldBack() {
		return this.heldBack.sum();
	}

	long evicted() {
		return this.evicted.sum();
	}

	long cleared() {
		return this.cleared.sum();
	}

	/**
	 * Takes an entry out, once.
	 */
	private void depart(ViolationKey violation, ViolationEntry entry, LongAdder occurrences) {
		if (this.entries.remove(violation, entry)) {
			entry.retire();
			add(entry, (counts) -> {
				occurrences.add(counts.occurrences());
				this.heldBack.add(counts.heldBack());
			});
		}
	}

	private synchronized void add(ViolationEntry entry, Consumer<Counts> account) {
		Departure departure = new Departure(entry, account);
		departure.settle();
		this.departures.add(departure);
	}

	private synchronized void settle() {
		this.departures.removeIf((departure) -> {
			departure.settle();
			return ++departure.looks > LOOKS;
		});
	}

	/**
	 * An entry that may have to go, with what it is judged by: the entry itself changes
	 * meanwhile.
	 */
	private record Candidate(ViolationKey violation, ViolationEntry entry, long lastSeen) {
	}

	private static final class Departure {

		private final ViolationEntry entry;

		private final Consumer<Counts> account;

		private Counts settled = Counts.NONE;

		private int looks;

		private Departure(ViolationEntry entry, Consumer<Counts> account) {
			this.entry = entry;
			this.account = account;
		}

		private void settle() {
			Counts now = this.entry.counts();
			if (!now.equals(this.settled)) {
				this.account.accept(now.minus(this.settled));
				this.settled = now;
			}
		}

	}

}
