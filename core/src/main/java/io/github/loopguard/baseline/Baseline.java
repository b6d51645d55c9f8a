package io.github.loopguard.baseline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ViolationKey;

/**
 * Violations that are known and tolerated. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Baseline {

	/**
	 * No known violations.
	 */
	public static final Baseline NONE = new Baseline(List.of());

	private final Map<ViolationKey, BaselineEntry> entries = new TreeMap<>();

	private final Map<ViolationKey, Long> expiries = new HashMap<>();

	/**
	 * Creates a baseline.
	 * @param entries entries of the known violations
	 * @throws IllegalArgumentException if two entries have the same key
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
	 * Returns all entries, including expired ones.
	 * @return the entries, in the order of their keys
	 */
	public List<BaselineEntry> entries() {
		return List.copyOf(this.entries.values());
	}

	/**
	 * Returns the entry of a violation, expired or not.
	 * @param key identity of the violation
	 * @return the entry, or {@code null} if the violation is not known
	 */
	public @Nullable BaselineEntry find(ViolationKey key) {
		return this.entries.get(key);
	}

	/**
	 * Returns the entry of a violation, or one that an earlier version of Loopguard wrote
	 * for it.
	 * @param key identity of the violation
	 * @param former its identities in earlier versions
	 * @return the entry, or {@code null} if the violation is not known
	 */
	public @Nullable BaselineEntry find(ViolationKey key, Collection<ViolationKey> former) {
		BaselineEntry known = find(key);
		Iterator<ViolationKey> others = former.iterator();
		while (known == null && others.hasNext()) {
			known = find(others.next());
		}
		return known;
	}

	/**
	 * Returns whether a violation has an entry that has not expired, or one that an
	 * earlier version of Loopguard wrote for it. May be called on event loops.
	 * @param key identity of the violation
	 * @param former its identities in earlier versions
	 * @return whether the violation is tolerated
	 */
	public boolean tolerates(ViolationKey key, Collection<ViolationKey> former) {
		BaselineEntry known = find(key, former);
		return known != null && tolerates(known.key());
	}

	/**
	 * Returns this baseline with the keys of this version of Loopguard.
	 * @param keys present keys by former ones
	 * @return a copy in which entries with a former key have the present ones; several
	 * for the same are one, with the tests of all and the strictest limits
	 */
	public Baseline renamed(Map<ViolationKey, List<ViolationKey>> keys) {
		Map<ViolationKey, BaselineEntry> renamed = new TreeMap<>(this.entries);
		this.entries.forEach((key, entry) -> keys.getOrDefault(key, List.of()).forEach((now) -> {
			renamed.remove(key);
			renamed.merge(now, entry.withKey(now), BaselineEntry::merge);
		}));
		return new Baseline(renamed.values());
	}

	/**
	 * Returns whether a violation has an entry that has not expired. May be called on
	 * event loops.
	 * @param key identity of the violation
	 * @return whether the violation is tolerated
	 */
	public boolean tolerates(ViolationKey key) {
		Long expiry = this.expiries.get(key);
		return expiry != null && System.currentTimeMillis() < expiry;
	}

	/**
	 * Returns whether this baseline has no entries.
	 * @return whether there are no entries, expired ones included
	 */
	public boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/**
	 * Returns this baseline with more entries.
	 * @param others entries to add; they replace entries with the same key
	 * @return a copy with the others
	 */
	public Baseline with(Collection<BaselineEntry> others) {
		Map<ViolationKey, BaselineEntry> merged = new TreeMap<>(this.entries);
		others.forEach((entry) -> merged.put(entry.key(), entry));
		return new Baseline(merged.values());
	}

	/**
	 * Returns this baseline without some entries.
	 * @param keys identities of the violations whose entries are removed
	 * @return a copy without them
	 */
	public Baseline without(Collection<ViolationKey> keys) {
		List<BaselineEntry> kept = new ArrayList<>(this.entries.values());
		kept.removeIf((entry) -> keys.contains(entry.key()));
		return new Baseline(kept);
	}

	/**
	 * Returns the time at which the next entry expires.
	 * @param now current time in milliseconds since the epoch
	 * @return milliseconds since the epoch, {@link Long#MAX_VALUE} if no entry expires
	 * later
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
