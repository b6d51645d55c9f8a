package io.github.loopguard.test.tracking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * One run of a tracked test.
 */
public final class TrackedTest implements Work {

	/**
	 * A task that has not begun after this time was not scheduled to run immediately.
	 */
	private static final long AT_ONCE = TimeUnit.MILLISECONDS.toNanos(25);

	private static final AtomicLong SERIAL = new AtomicLong();

	private final String id = String.valueOf(SERIAL.incrementAndGet());

	private final String name;

	private final String reference;

	private final TrackedClass owner;

	private final TestTracker tracker;

	private final @Nullable Work previous;

	private final List<Recording> recordings = new ArrayList<>();

	private final Deque<Recording> suspended = new ArrayDeque<>();

	private final LongAdder scheduled = new LongAdder();

	private final LongAdder begun = new LongAdder();

	private final AtomicLong running = new AtomicLong();

	private volatile long lastScheduled;

	private volatile Recording recording;

	private volatile boolean over;

	TrackedTest(String name, String reference, TrackedClass owner, TestTracker tracker, @Nullable Work previous) {
		this.name = name;
		this.reference = reference;
		this.owner = owner;
		this.tracker = tracker;
		this.previous = previous;
		this.recording = tracker.newRecording();
		this.recordings.add(this.recording);
	}

	/**
	 * Returns the name of the test in messages.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the identifier of the test, which is the same in the next run.
	 * @return class and method
	 */
	public String reference() {
		return this.reference;
	}

	@Override
	public @Nullable Recording recording() {
		if (!this.over) {
			return this.recording;
		}
		return this.owner.isOver() ? this.tracker.leftovers(this.reference) : this.owner.late(this);
	}

	/**
	 * Uses another recording until {@link #resume()}.
	 * @return the new recording
	 */
	public synchronized Recording suspend() {
		this.suspended.push(this.recording);
		this.recording = this.tracker.newRecording();
		this.recordings.add(this.recording);
		return this.recording;
	}

	/**
	 * Uses the recording again that was suspended last.
	 */
	public synchronized void resume() {
		this.recording = this.suspended.pop();
	}

	/**
	 * Returns all recordings of this test.
	 * @return the recordings
	 */
	public synchronized List<Recording> recordings() {
		return List.copyOf(this.recordings);
	}

	/**
	 * Waits until the event loops have done the immediate tasks of this test, for 200 ms
	 * at most.
	 */
	public void awaitQuiet() {
		Quiescence.await(this::isAtWork, this.scheduled.sum() > 0);
	}

	@Override
	public Runnable carry(Runnable task) {
		this.lastScheduled = System.nanoTime();
		this.scheduled.increment();
		return Work.super.carry(task);
	}

	@Override
	public void begun() {
		this.running.incrementAndGet();
		this.begun.increment();
		this.owner.begun();
	}

	@Override
	public void ended() {
		this.running.decrementAndGet();
		this.owner.ended();
	}

	private boolean isAtWork() {
		return this.running.get() > 0 || this.recording.isGoingOn()
				|| (this.begun.sum() < this.scheduled.sum() && System.nanoTime() - this.lastScheduled < AT_ONCE);
	}

	String id() {
		return this.id;
	}

	TrackedClass owner() {
		return this.owner;
	}

	@Nullable Work previous() {
		return this.previous;
	}

	void over() {
		this.over = true;
	}

}
