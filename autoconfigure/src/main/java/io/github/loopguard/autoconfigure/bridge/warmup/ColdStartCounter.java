package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Counts class loads and keeps the slowest five.
 */
final class ColdStartCounter {

	private static final int MAX_SLOWEST = 5;

	private final PriorityQueue<Load> slowest = new PriorityQueue<>(Comparator.comparing(Load::time));

	private long classes;

	private Duration time = Duration.ZERO;

	synchronized void add(String name, Duration duration) {
		this.classes++;
		this.time = this.time.plus(duration);
		this.slowest.add(new Load(name, duration));
		if (this.slowest.size() > MAX_SLOWEST) {
			this.slowest.poll();
		}
	}

	synchronized ColdStartReport.Phase phase() {
		List<String> names = this.slowest.stream()
			.sorted(Comparator.comparing(Load::time).reversed())
			.map(Load::name)
			.toList();
		return new ColdStartReport.Phase(this.classes, this.time, names);
	}

	private record Load(String name, Duration time) {
	}

}
