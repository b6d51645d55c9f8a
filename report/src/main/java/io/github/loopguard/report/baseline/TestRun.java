package io.github.loopguard.report.baseline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;

/**
 * A run of tests, or of an application, and what follows from it for a baseline.
 *
 * @since 0.1
 */
public final class TestRun {

	private final Set<String> ran;

	private final Map<ViolationKey, Set<String>> blocked;

	private final Map<ViolationKey, List<ViolationKey>> former;

	/** Present keys by former ones that no violation has any more. */
	private final Map<ViolationKey, List<ViolationKey>> renamed = new HashMap<>();

	/**
	 * Creates an instance.
	 * @param ran tests that ran, or routes that were requested
	 * @param blocked the violations, with the tests or routes in which they happened;
	 * none where they are unknown
	 */
	public TestRun(Set<String> ran, Map<ViolationKey, Set<String>> blocked) {
		this(ran, blocked, Map.of());
	}

	/**
	 * Creates an instance.
	 * @param ran tests that ran, or routes that were requested
	 * @param blocked the violations, with the tests or routes in which they happened;
	 * none where they are unknown
	 * @param former what earlier versions of Loopguard knew violations by
	 */
	public TestRun(Set<String> ran, Map<ViolationKey, Set<String>> blocked,
			Map<ViolationKey, List<ViolationKey>> former) {
		this.ran = ran;
		this.blocked = blocked;
		this.former = Map.copyOf(former);
		former.forEach((key, earlier) -> earlier.stream()
			.filter((it) -> !blocked.containsKey(it))
			.forEach((it) -> this.renamed.computeIfAbsent(it, (missing) -> new ArrayList<>()).add(key)));
	}

	/**
	 * Returns the entry of a violation, also one that an earlier version wrote.
	 * @param baseline the baseline
	 * @param key identity of the violation
	 * @return the entry, or {@code null} if it has none
	 */
	public @Nullable BaselineEntry find(Baseline baseline, ViolationKey key) {
		return baseline.find(key, this.former.getOrDefault(key, List.of()));
	}

	/**
	 * Returns the violations of an entry: several where an earlier version wrote it that
	 * did not tell them apart.
	 * @param entry the entry
	 * @return their present keys
	 */
	public List<ViolationKey> present(BaselineEntry entry) {
		List<ViolationKey> itself = List.of(entry.key());
		return this.blocked.containsKey(entry.key()) ? itself : this.renamed.getOrDefault(entry.key(), itself);
	}

	/**
	 * Returns the violations of the run.
	 * @return their keys
	 */
	public Set<ViolationKey> violations() {
		return this.blocked.keySet();
	}

	/**
	 * Adds the violations that the baseline does not have, and the tests in which known
	 * ones happened. Removes nothing, so the parts of a run may be added in any order and
	 * more than once.
	 * @param baseline the baseline so far
	 * @return the new baseline
	 */
	public Baseline record(Baseline baseline) {
		Map<ViolationKey, BaselineEntry> entries = new TreeMap<>();
		this.blocked.forEach((key, via) -> {
			BaselineEntry known = find(baseline, key);
			if (known == null) {
				entries.put(key, BaselineEntry.recorded(key, via));
			}
			else {
				BaselineEntry latest = entries.getOrDefault(known.key(), known);
				Set<String> all = new TreeSet<>(latest.via());
				all.addAll(via);
				entries.put(known.key(), latest.via(all));
			}
		});
		return baseline.with(entries.values());
	}

	/**
	 * Removes from each entry the tests that ran without its violation, and removes
	 * entries without a remaining test; adds the tests in which known violations
	 * happened. An entry that an earlier version of Loopguard wrote gets the present key
	 * of its violation. An entry that never had a test is kept. The parts of a run may be
	 * pruned in any order.
	 * @param baseline the baseline so far
	 * @param initial the baseline before any part of the run
	 * @return the new baseline
	 */
	public Baseline prune(Baseline baseline, Baseline initial) {
		return pruneRenamed(baseline.renamed(this.renamed), initial.renamed(this.renamed));
	}

	private Baseline pruneRenamed(Baseline baseline, Baseline initial) {
		List<BaselineEntry> changed = new ArrayList<>();
		Set<ViolationKey> gone = new HashSet<>();
		for (BaselineEntry entry : initial.with(baseline.entries()).entries()) {
			Set<String> via = new TreeSet<>();
			if (baseline.find(entry.key()) != null) {
				via.addAll(entry.via());
				via.removeAll(freed(entry));
			}
			via.addAll(this.blocked.getOrDefault(entry.key(), Set.of()));
			if (!via.isEmpty() || entry.via().isEmpty() || this.blocked.containsKey(entry.key())) {
				changed.add(entry.via(via));
			}
			else {
				gone.add(entry.key());
			}
		}
		return baseline.with(changed).without(gone);
	}

	/**
	 * Returns the state of each entry after this run.
	 * @param baseline the baseline
	 * @return states by entry, in the order of the baseline
	 */
	public Map<BaselineEntry, State> states(Baseline baseline) {
		Map<BaselineEntry, State> states = new LinkedHashMap<>();
		baseline.entries().forEach((entry) -> states.put(entry, state(entry)));
		return states;
	}

	/**
	 * Returns the tests of an entry that ran without its violation.
	 * @param entry the entry
	 * @return tests or routes
	 */
	public Collection<String> freed(BaselineEntry entry) {
		return entry.via().stream().filter((it) -> isFreeOf(entry, it)).toList();
	}

	private State state(BaselineEntry entry) {
		if (present(entry).stream().anyMatch(this.blocked::containsKey)) {
			return State.MATCHED;
		}
		return freed(entry).isEmpty() ? State.NOT_EXERCISED : State.PRUNABLE;
	}

	private boolean isFreeOf(BaselineEntry entry, String test) {
		return this.ran.contains(test)
				&& present(entry).stream().noneMatch((key) -> this.blocked.getOrDefault(key, Set.of()).contains(test));
	}

	/**
	 * State of an entry after a run.
	 */
	public enum State {

		/**
		 * Its violation happened.
		 */
		MATCHED,

		/**
		 * None of its tests ran, so nothing is known.
		 */
		NOT_EXERCISED,

		/**
		 * One of its tests ran without the violation.
		 */
		PRUNABLE

	}

}
