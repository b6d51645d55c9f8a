package io.github.loopguard.ledger;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Finding;

/**
 * Removes entries from the ledger, to keep it within its limit or because they are
 * cleared. A removed entry is read for some more looks, until no event loop can be
 * counting into it any more, so that the sums add up although no event loop ever waits.
 */
final class Eviction {

	private static final int LOOKS = 5;

	private static final int REMEMBERED = 16_384;

	private final Map<ViolationKey, ViolationEntry> entries;

	// Event loops add to both, the ledger's thread does all else.
	private final Queue<Removed> removed = new ConcurrentLinkedQueue<>();

	private final Queue<Replaced> replaced = new ConcurrentLinkedQueue<>();

	/** Who knows violations that were evicted, so that they are told once. */
	private final Map<String, Announcement> told = Collections.synchronizedMap(new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Announcement> eldest) {
			return size() > REMEMBERED;
		}
	});

	private final LongAdder dropped = new LongAdder();

	private final LongAdder evicted = new LongAdder();

	private final LongAdder cleared = new LongAdder();

	/**
	 * Creates the eviction of a ledger.
	 * @param entries the ledger's entries; live
	 */
	Eviction(Map<ViolationKey, ViolationEntry> entries) {
		this.entries = entries;
	}

	/**
	 * Removes the entries that were not seen for the longest time, and accounts for what
	 * was counted late. Only on the ledger's thread.
	 * @param limit how many entries stay
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
				if (remove(candidate.key(), candidate.entry(), this.dropped)) {
					this.told.put(candidate.entry().id(), candidate.entry().announcement());
				}
			});
	}

	/**
	 * Returns who knows a violation that was evicted and has happened again, or
	 * {@code null} if it was not evicted.
	 */
	@Nullable Announcement told(String id) {
		return this.told.remove(id);
	}

	/**
	 * Removes an entry that is not to be shown any more. If it happens again, it is told
	 * again.
	 */
	void clear(ViolationKey key, ViolationEntry entry) {
		remove(key, entry, this.cleared);
	}

	/**
	 * Removes all entries, and forgets those that were evicted.
	 */
	void clear() {
		this.told.clear();
		this.entries.forEach(this::clear);
	}

	/**
	 * Counts occurrences whose violation has no place.
	 */
	LongAdder withoutPlace() {
		return this.dropped;
	}

	long dropped() {
		return this.dropped.sum();
	}

	long evicted() {
		return this.evicted.sum();
	}

	long cleared() {
		return this.cleared.sum();
	}

	private boolean remove(ViolationKey key, ViolationEntry entry, LongAdder occurrences) {
		if (!this.entries.remove(key, entry)) {
			return false;
		}
		entry.retire();
		Removed gone = new Removed(entry, occurrences);
		gone.settle();
		this.removed.add(gone);
		return true;
	}

	/**
	 * Replaces an entry by one with another key, and looks after it until it can be
	 * forgotten.
	 */
	void replace(ViolationKey key, ViolationEntry entry, Finding finding, Decision decision) {
		if (this.entries.remove(key, entry)) {
			this.entries.compute(finding.key(), (revised, present) -> {
				ViolationEntry successor = (present != null) ? present : new ViolationEntry(finding, decision);
				successor.succeed(entry);
				return successor;
			});
			replaced(entry);
		}
	}

	void replaced(ViolationEntry entry) {
		this.replaced.add(new Replaced(entry));
	}

	private void settle() {
		this.removed.removeIf((entry) -> {
			entry.settle();
			return ++entry.looks > LOOKS;
		});
		this.replaced.removeIf((replaced) -> {
			replaced.entry.moveToSuccessor();
			return ++replaced.looks > LOOKS;
		});
	}

	/**
	 * An entry that may have to go, with what it is judged by: the entry itself changes
	 * meanwhile.
	 */
	private record Candidate(ViolationKey key, ViolationEntry entry, long lastSeen) {
	}

	/**
	 * An entry that was removed, with what has been accounted for.
	 */
	private static final class Removed {

		private final ViolationEntry entry;

		private final LongAdder occurrences;

		private long settled;

		private int looks;

		private Removed(ViolationEntry entry, LongAdder occurrences) {
			this.entry = entry;
			this.occurrences = occurrences;
		}

		private void settle() {
			long now = this.entry.count();
			this.occurrences.add(now - this.settled);
			this.settled = now;
		}

	}

	/**
	 * An entry that another one has succeeded.
	 */
	private static final class Replaced {

		private final ViolationEntry entry;

		private int looks;

		private Replaced(ViolationEntry entry) {
			this.entry = entry;
		}

	}

}
