package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneTimer;

/**
 * Admits the tasks of a lane within its limits, and counts what becomes of them. Never
 * waits.
 */
final class LaneAdmission {

	private static final long PROGRESS_NANOS = Duration.ofMillis(100).toNanos();

	private final LaneSpec.Limits limits;

	private final LaneKind kind;

	private final LaneProblems problems;

	/**
	 * The tasks that have a permit: those that wait for a thread, and those that run.
	 */
	private final AtomicInteger admitted = new AtomicInteger();

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger lingering = new AtomicInteger();

	private final LongAdder submitted = new LongAdder();

	private final LongAdder rejected = new LongAdder();

	private final LongAdder inPlace = new LongAdder();

	private final LongAdder completed = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder cancelled = new LongAdder();

	private final LongAdder timedOut = new LongAdder();

	private final LongAdder abandoned = new LongAdder();

	private final TimeSum queueTime = new TimeSum();

	private final TimeSum runTime = new TimeSum();

	private volatile @Nullable LaneTimer timer;

	private volatile long progressAt = System.nanoTime();

	LaneAdmission(LaneSpec.Limits limits, LaneKind kind, LaneProblems problems) {
		this.limits = limits;
		this.kind = kind;
		this.problems = problems;
	}

	boolean admit() {
		this.submitted.increment();
		boolean admitted = acquire(this.admitted, this.limits.threads() + this.limits.queueCapacity());
		if (!admitted) {
			this.rejected.increment();
		}
		return admitted;
	}

	/**
	 * Admits a task beyond the limits.
	 */
	void admitReserved() {
		this.admitted.incrementAndGet();
		this.submitted.increment();
	}

	/**
	 * Admits a stream or a session.
	 */
	boolean admitOpen() {
		boolean admitted = acquire(this.open, this.limits.maxOpen());
		if (!admitted) {
			reject();
		}
		return admitted;
	}

	void releaseOpen() {
		this.open.decrementAndGet();
	}

	void reject() {
		this.submitted.increment();
		this.rejected.increment();
	}

	private static boolean acquire(AtomicInteger permits, int limit) {
		return permits.getAndUpdate((now) -> (now < limit) ? now + 1 : now) < limit;
	}

	void started(long waited, long now) {
		this.active.incrementAndGet();
		waited(waited, now);
	}

	void startedInPlace() {
		this.inPlace.increment();
	}

	/**
	 * Records that a queued task runs on a thread that has a permit already.
	 */
	void takenOver(long waited, long now) {
		this.admitted.decrementAndGet();
		waited(waited, now);
	}

	private void waited(long nanos, long now) {
		this.queueTime.add(nanos);
		measure(LaneTimer::waited, nanos, this.problems.queueTimes);
		progress(now);
	}

	/**
	 * Records the end of a task's code; its thread emits the result next.
	 */
	void ended(long ran, long now) {
		try {
			this.runTime.add(ran);
			measure(LaneTimer::ran, ran, this.problems.runTimes);
			progress(now);
		}
		finally {
			this.admitted.decrementAndGet();
			this.active.decrementAndGet();
		}
	}

	/**
	 * Passes a time on. What the timer throws must not end a task that has begun.
	 */
	private void measure(ObjLongConsumer<LaneTimer> kind, long nanos, LaneProblems.Part part) {
		LaneTimer timer = this.timer;
		if (timer != null) {
			try {
				kind.accept(timer, nanos);
				part.works();
			}
			catch (Throwable ex) {
				part.fails(ex);
			}
		}
	}

	/**
	 * Remembers about when a task last began or ended; seldom, because all threads write
	 * it.
	 */
	private void progress(long now) {
		if (now - this.progressAt > PROGRESS_NANOS) {
			this.progressAt = now;
		}
	}

	@Nullable LaneTimer timer() {
		return this.timer;
	}

	void measure(@Nullable LaneTimer timer) {
		this.timer = timer;
		this.problems.queueTimes.works();
		this.problems.runTimes.works();
	}

	void outcome(boolean delivered, @Nullable Throwable error) {
		if (!delivered) {
			this.lingering.decrementAndGet();
		}
		else {
			((error != null) ? this.failed : this.completed).increment();
		}
	}

	/**
	 * Records that a task will not run.
	 */
	void dropped(CancelReason reason, boolean inPlace) {
		count(reason);
		if (inPlace) {
			this.submitted.increment();
		}
		else {
			this.admitted.decrementAndGet();
		}
	}

	/**
	 * Records that the code of a task runs on without a subscriber.
	 */
	void detached(CancelReason reason, boolean abandoned) {
		this.lingering.incrementAndGet();
		count(reason);
		if (abandoned) {
			this.abandoned.increment();
		}
	}

	private void count(CancelReason reason) {
		switch (reason) {
			case QUEUE_TIMEOUT, RUN_TIMEOUT -> this.timedOut.increment();
			case REJECTED -> this.rejected.increment();
			case CANCELLED, CLOSED -> this.cancelled.increment();
		}
	}

	int queued() {
		return Math.max(0, this.admitted.get() - this.active.get());
	}

	LaneStatus status(@Nullable Duration oldestQueued) {
		return new LaneStatus(this.limits.name(), this.kind, this.active.get(), this.limits.threads(), queued(),
				this.limits.queueCapacity(), this.open.get(), this.limits.maxOpen(), Math.max(0, this.lingering.get()),
				this.submitted.sum(), this.rejected.sum(), this.inPlace.sum(), this.completed.sum(), this.failed.sum(),
				this.cancelled.sum(), this.timedOut.sum(), this.abandoned.sum(), this.queueTime.snapshot(),
				this.runTime.snapshot(), oldestQueued, Duration.ofNanos(System.nanoTime() - this.progressAt),
				this.problems.describe());
	}

	/**
	 * Count, sum and maximum of durations.
	 */
	private static final class TimeSum {

		private final LongAdder count = new LongAdder();

		private final LongAdder nanos = new LongAdder();

		private final LongAccumulator max = new LongAccumulator(Math::max, 0);

		void add(long nanos) {
			this.count.increment();
			this.nanos.add(nanos);
			this.max.accumulate(nanos);
		}

		LaneStatus.Time snapshot() {
			return new LaneStatus.Time(this.count.sum(), Duration.ofNanos(this.nanos.sum()),
					Duration.ofNanos(this.max.get()));
		}

	}

}
