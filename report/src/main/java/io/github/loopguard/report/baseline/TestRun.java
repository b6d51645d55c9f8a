package io.github.loopguard.report.baseline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;

/**
 * What a run of tests, or of an application, says about a baseline.
 *
 * @param ran tests that have run, or routes that were requested
 * @param blocked what was violated, with the tests or routes in which that happened; none
 * where it cannot be tied to them
 * @since 0.1
 */
public record TestRun(Set<String> ran, Map<ViolationKey, Set<String>> blocked) {

	/**
	 * Adds what was violated and is not known, and where it happened. Takes nothing away,
	 * so it does not matter in which order the parts of a run are added, or how often.
	 * @param baseline the baseline so far
	 * @return the new baseline
	 */
	public Baseline record(Baseline baseline) {
		List<BaselineEntry> entries = new ArrayList<>();
		this.blocked.forEach((key, via) -> {
			BaselineEntry known = baseline.find(key);
			if (known == null) {
				entries.add(BaselineEntry.recorded(key, via));
			}
			else {
				Set<String> all = new TreeSet<>(known.via());
				all.addAll(via);
				entries.add(known.via(all));
			}
		});
		return baseline.with(entries);
	}

	/**
	 * Takes away the tests that have run without the violation, and the entries that have
	 * no test left; notes the tests in which known violations happened. An entry that no
	 * test was ever noted for stays. It does not matter in which order the parts of a run
	 * are taken away.
	 * @param baseline the baseline so far
	 * @param initial the baseline before any part of the run
	 * @return the new baseline
	 */
	public Baseline prune(Baseline baseline, Baseline initial) {
		List<BaselineEntry> changed = new ArrayList<>();
		List<ViolationKey> gone = new ArrayList<>();
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
	 * Tells how the entries fare.
	 * @param baseline the baseline
	 * @return the state of each entry, in the order of the baseline
	 */
	public Map<BaselineEntry, State> states(Baseline baseline) {
		Map<BaselineEntry, State> states = new LinkedHashMap<>();
		baseline.entries().forEach((entry) -> states.put(entry, state(entry)));
		return states;
	}

	/**
	 * Returns the tests of an entry that have run without its violation.
	 * @param entry the entry
	 * @return tests or routes
	 */
	public Collection<String> freed(BaselineEntry entry) {
		return entry.via().stream().filter((it) -> isFreeOf(entry, it)).toList();
	}

	private State state(BaselineEntry entry) {
		if (this.blocked.containsKey(entry.key())) {
			return State.MATCHED;
		}
		return freed(entry).isEmpty() ? State.NOT_EXERCISED : State.PRUNABLE;
	}

	private boolean isFreeOf(BaselineEntry entry, String test) {
		return this.ran.contains(test) && !this.blocked.getOrDefault(entry.key(), Set.of()).contains(test);
	}

	/**
	 * What a run says about an entry.
	 */
	public enum State {

		/**
		 * It happened.
		 */
		MATCHED,

		/**
		 * None of its tests has run, so nothing is known.
		 */
		NOT_EXERCISED,

		/**
		 * A test in which it used to happen has run, and it did not happen.
		 */
		PRUNABLE

	}

}
