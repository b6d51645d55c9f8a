package io.github.loopguard.detect.waiting;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.thread.ExecutorProgress;
import io.github.loopguard.ledger.ViolationEntry;

/**
 * A stall that goes on. The tasks in the queue are counted again and again from outside,
 * and by the event loop itself when a call ends that a hook saw: they only become more
 * until the loop goes on.
 */
final class OpenStall {

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(4);

	private final Thread thread;

	private final int begunBefore;

	private final Runnable atEnd = this::endsOnLoop;

	private @Nullable ViolationEntry call;

	private long countedAt;

	/** Negative while unknown. */
	private final AtomicInteger tasks = new AtomicInteger(-1);

	OpenStall(Thread thread, int begunBefore, long lasted) {
		this.thread = thread;
		this.begunBefore = begunBefore;
		this.countedAt = lasted - SHORTEST_PAUSE;
	}

	/**
	 * Notes that it goes on.
	 * @param lasted for how long it has, in nanoseconds
	 * @param call violation of the call that holds the loop, or {@code null} if unknown
	 * @param patience for how long the call is not announced, because what waits is being
	 * counted
	 */
	void lasts(long lasted, @Nullable ViolationEntry call, long patience) {
		follow((call != null) ? call.latest() : null);
		if (call != null && patience > 0) {
			call.waited().countsFor(patience);
		}
		if (lasted - this.countedAt >= Math.max(SHORTEST_PAUSE, lasted / 50)) {
			this.countedAt = lasted;
			count();
		}
	}

	/**
	 * Ends it.
	 * @param nanos how long it took, in nanoseconds
	 * @param violation what it is, or {@code null} if it is nobody's violation
	 */
	PastStall end(long nanos, @Nullable ViolationEntry violation) {
		follow(null);
		int tasks = this.tasks.get();
		return new PastStall(violation, nanos, (tasks >= 0) ? tasks : null, this.begunBefore);
	}

	private void follow(@Nullable ViolationEntry call) {
		if (call == this.call) {
			return;
		}
		if (this.call != null) {
			this.call.waited().remove(this.atEnd);
		}
		if (call != null) {
			call.waited().atEnd(this.atEnd);
		}
		this.call = call;
	}

	private void endsOnLoop() {
		if (Thread.currentThread() == this.thread) {
			count();
		}
	}

	private void count() {
		Integer waiting = ExecutorProgress.waitingFor(this.thread);
		if (waiting != null) {
			this.tasks.accumulateAndGet(waiting, Math::max);
		}
	}

}
