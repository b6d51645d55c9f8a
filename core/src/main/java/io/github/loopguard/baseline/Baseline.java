package io.github.loopguard.baseline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ViolationKey;

/**
 * The violations that are known and tolerated. Immutable and safe to share.
 *
 * @since 0.1
 */
public final class Baseline {

	/**
	 * Nothing is tolerated.
	 */
	public static final Baseline NONE = new Baseline(List.of());

	private final Map<ViolationKey, BaselineEntry> entries = new TreeMap<>();

	private final Map<ViolationKey, Long> expiries = new HashMap<>();

	/**
	 * Creates a baseline.
	 * @param entries the known violations
	 * @throws IllegalArgumentException if two of them are for the same violation
	 */
	public Baseline(Collection<BaselineEntry> entries) {
		for (BaselineEntry entry : entries) {
			if (this.entries.put(entry.key(), entry) != null) {
				throw new IllegalArgumentException("There are two entries for " + entry.key());
			}
			this.expiries.put(entry.key(), entry.expiresAt());
		}
	}

	/**
	 * Returns all entries, expired ones too.
	 * @return the entries, in the order of the file
	 */
	public List<BaselineEntry> entries() {
		return List.copyOf(this.entries.values());
	}

	/**
	 * Finds the entry of a violation, expired or not.
	 * @param key which violation it is
	 * @return the entry, or {@code null} if the violation is not known
	 */
	public @Nullable BaselineEntry find(ViolationKey key) {
		return this.entries.get(key);
	}

	/**
	 * Tells whether a violation is known and its entry has not expired. Called on event
	 * loops.
	 * @param key which violation it is
	 * @return whether it is tolerated
	 */
	public boolean tolerates(ViolationKey key) {
		Long expiry = this.expiries.get(key);
		return expiry != null && System.currentTimeMillis() < expiry;
	}

	/**
	 * Tells whether nothing is known.
	 * @return whether there are no entries
	 */
	public boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/**
	 * Replaces some entries and adds others.
	 * @param others entries to add, or to put in place of those with the same key
	 * @return a copy
	 */
	public Baseline with(Collection<BaselineEntry> others) {
		Map<ViolationKey, BaselineEntry> merged = new TreeMap<>(this.entries);
		others.forEach((entry) -> merged.put(entry.key(), entry));
		return new Baseline(merged.values());
	}

	/**
	 * Takes entries out.
	 * @param keys which violations they are for
	 * @return a copy
	 */
	public Baseline without(Collection<ViolationKey> keys) {
		List<BaselineEntry> kept = new ArrayList<>(this.entries.values());
		kept.removeIf((entry) -> keys.contains(entry.key()));
		return new Baseline(kept);
	}

	/**
	 * Returns when the next entry expires.
	 * @param now milliseconds since the epoch
	 * @return milliseconds since the epoch, or {@link Long#MAX_VALUE} if none expires
	 */
	public long nextExpiry(long now) {
		return this.expiries.values()
			.stream()
			.mapToLong(Long::longValue)
			.filter((expiry) -> expiry > now)
			.min()
			.orElse(Long.MAX_VALUE);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Baseline baseline && this.entries.equals(baseline.entries);
	}

	@Override
	public int hashCode() {
		return this.entries.hashCode();
	}

}
