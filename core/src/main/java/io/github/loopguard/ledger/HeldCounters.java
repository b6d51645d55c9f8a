package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import io.github.loopguard.Held;

/**
 * For how long the occurrences of one violation held event loops.
 */
final class HeldCounters {

	private final LongAdder count = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private final LongAccumulator max = new LongAccumulator(Long::max, 0);

	private final WaitedCounters waited = new WaitedCounters();

	void add(int occurrences, long nanos) {
		this.count.add(occurrences);
		this.nanos.add(nanos);
		this.max.accumulate(nanos);
		this.waited.ended();
	}

	/**
	 * Notes an occurrence that has lasted for some time and goes on. Until one has ended,
	 * how long they take is unknown.
	 */
	void lasts(long nanos) {
		if (!isEmpty()) {
			this.max.accumulate(nanos);
		}
	}

	boolean isEmpty() {
		return this.count.sum() == 0;
	}

	void moveTo(HeldCounters other) {
		other.count.add(this.count.sumThenReset());
		other.nanos.add(this.nanos.sumThenReset());
		other.max.accumulate(this.max.get());
		this.waited.moveTo(other.waited);
	}

	/**
	 * Returns what waited meanwhile.
	 */
	WaitedCounters waited() {
		return this.waited;
	}

	Held snapshot() {
		return new Held(this.count.sum(), Duration.ofNanos(this.nanos.sum()), Duration.ofNanos(this.max.get()), null);
	}

}
