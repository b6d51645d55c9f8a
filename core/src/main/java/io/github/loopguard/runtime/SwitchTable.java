package io.github.loopguard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The settings that are switched, in the order in which they were. Not thread-safe.
 */
final class SwitchTable {

	private final Map<String, Entry> entries = new LinkedHashMap<>();

	/**
	 * Switches a setting, or reverts it. What is switched last counts.
	 * @param change the setting
	 * @param ttl how long, or {@code null} for no end
	 * @param by who does it
	 * @return whether it was or is switched
	 */
	boolean put(Switch.Change change, @Nullable Duration ttl, @Nullable String by) {
		boolean was = this.entries.remove(change.name()) != null;
		UnaryOperator<RuntimeSettings> effect = change.effect();
		if (effect == null) {
			return was;
		}
		Instant now = Instant.now();
		this.entries.put(change.name(), new Entry(change, effect, by, now, (ttl != null) ? now.plus(ttl) : null,
				(ttl != null) ? System.nanoTime() + ttl.toNanos() : null));
		return true;
	}

	/**
	 * Returns settings as they are switched.
	 */
	RuntimeSettings on(RuntimeSettings configured) {
		RuntimeSettings switched = configured;
		for (Entry entry : this.entries.values()) {
			switched = entry.effect.apply(switched);
		}
		return switched;
	}

	/**
	 * Removes those whose time is over.
	 * @return what was removed
	 */
	List<Switch.Change> removeExpired() {
		long now = System.nanoTime();
		return remove((entry) -> entry.end != null && entry.end - now <= 0);
	}

	/**
	 * Removes all.
	 * @return what was removed
	 */
	List<Switch.Change> removeAll() {
		return remove((entry) -> true);
	}

	/**
	 * Returns when the next one reverts, as {@link System#nanoTime} tells it, or
	 * {@code null} if none does.
	 */
	@Nullable Long nextExpiry() {
		long now = System.nanoTime();
		Long next = null;
		for (Entry entry : this.entries.values()) {
			if (entry.end != null && (next == null || entry.end - now < next - now)) {
				next = entry.end;
			}
		}
		return next;
	}

	List<Switch> list(RuntimeSettings effective) {
		return this.entries.values().stream().map((entry) -> entry.in(effective)).toList();
	}

	private List<Switch.Change> remove(Predicate<Entry> which) {
		List<Switch.Change> removed = new ArrayList<>();
		this.entries.values().removeIf((entry) -> {
			if (which.test(entry)) {
				removed.add(entry.change);
				return true;
			}
			return false;
		});
		return removed;
	}

	/**
	 * A setting that is switched. Its end is kept apart from the time of day, which may
	 * be set.
	 */
	private record Entry(Switch.Change change, UnaryOperator<RuntimeSettings> effect, @Nullable String by,
			Instant since, @Nullable Instant until, @Nullable Long end) {

		Switch in(RuntimeSettings effective) {
			return new Switch(this.change.name(), this.change.value().apply(effective), this.by, this.since,
					this.until);
		}

	}

}
