package io.github.loopguard.bridge.stress;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What went wrong: for each kind how often, and the first one in full.
 */
final class Faults {

	private static final int MAX_KINDS = 20;

	private final Map<String, Kind> kinds = new ConcurrentSkipListMap<>();

	void add(Object where, String what) {
		String name = what.lines().findFirst().orElse("").replaceAll("[0-9]+", "n");
		if (this.kinds.size() < MAX_KINDS || this.kinds.containsKey(name)) {
			this.kinds.computeIfAbsent(name,
					(key) -> new Kind(what + "\n  in " + where + "\n  on " + Thread.currentThread().getName())).count
				.incrementAndGet();
		}
	}

	boolean any() {
		return !this.kinds.isEmpty();
	}

	List<String> texts() {
		return this.kinds.values().stream().map((kind) -> kind.count + " times: " + kind.first).toList();
	}

	private record Kind(String first, AtomicInteger count) {

		Kind(String first) {
			this(first, new AtomicInteger());
		}

	}

}
