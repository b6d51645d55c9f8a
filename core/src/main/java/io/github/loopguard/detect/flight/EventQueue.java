package io.github.loopguard.detect.flight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * Events that wait until others have told what they have found of the same call. Takes
 * them from any thread; everything else is confined to one thread.
 */
final class EventQueue implements Consumer<FlightEvent> {

	private static final int MOST_EVENTS = 1_024;

	/** By then, others have told what they have found. */
	private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(300);

	private static final long LONGEST_STALL = TimeUnit.SECONDS.toNanos(60);

	private final BlockingQueue<FlightEvent> events = new ArrayBlockingQueue<>(MOST_EVENTS);

	private final List<FlightEvent> waiting = new ArrayList<>();

	private final LongAdder dropped = new LongAdder();

	private final LongUnaryOperator stalledSince;

	/**
	 * Creates an empty queue.
	 * @param stalledSince returns since when a thread is in a turn that takes long and
	 * that another detector is about to tell, by the thread's identifier; zero if it is
	 * in none
	 */
	EventQueue(LongUnaryOperator stalledSince) {
		this.stalledSince = stalledSince;
	}

	@Override
	public void accept(FlightEvent event) {
		if (!this.events.offer(event)) {
			this.dropped.increment();
		}
	}

	/**
	 * Returns how many events were dropped, because there were too many at once. May be
	 * called by any thread.
	 */
	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Drops all events.
	 */
	void clear() {
		this.events.clear();
		this.waiting.clear();
	}

	/**
	 * Removes the events that are to be told. What encloses others comes first.
	 * @param offset what the JVM's clock is ahead of the recording's
	 * @param now the time in nanoseconds
	 * @return the events, with times of the JVM's clock
	 */
	List<FlightEvent> ready(long offset, long now) {
		this.events.drainTo(this.waiting, MOST_EVENTS - this.waiting.size());
		List<FlightEvent> ready = this.waiting.stream().filter((event) -> isReady(event, offset, now)).toList();
		this.waiting.removeAll(ready);
		return ready.stream()
			.sorted(Comparator.comparingLong(FlightEvent::nanos).reversed())
			.map((event) -> event.shifted(offset))
			.toList();
	}

	private boolean isReady(FlightEvent event, long offset, long now) {
		long age = now - event.end() - offset;
		long stalled = this.stalledSince.applyAsLong(event.thread());
		boolean goesOn = stalled != 0 && stalled - event.end() - offset < 0 && age < LONGEST_STALL;
		return age >= SETTLED && !goesOn;
	}

}
