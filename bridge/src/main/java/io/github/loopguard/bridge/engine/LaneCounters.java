package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;

/**
 * The counters of a lane; threads update them without waiting.
 */
final class LaneCounters {

	final AtomicInteger lingering = new AtomicInteger();

	final LongAdder submitted = new LongAdder();

	final LongAdder rejected = new LongAdder();

	final LongAdder inPlace = new LongAdder();

	final LongAdder completed = new LongAdder();

	final LongAdder failed = new LongAdder();

	final LongAdder cancelled = new LongAdder();

	final LongAdder timedOut = new LongAdder();

	final LongAdder abandoned = new LongAdder();

	final TimeSum queueTime = new TimeSum();

	final TimeSum runTime = new TimeSum();

	LaneStatus status(LaneSpec limits, LaneKind kind, LanePermits permits, @Nullable Duration oldestQueued) {
		return new LaneStatus(limits.name(), kind, permits.active(), limits.threads(), permits.queued(),
				limits.queueCapacity(), permits.open(), limits.maxOpen(), Math.max(0, this.lingering.get()),
				this.submitted.sum(), this.rejected.sum(), this.inPlace.sum(), this.completed.sum(), this.failed.sum(),
				this.cancelled.sum(), this.timedOut.sum(), this.abandoned.sum(), this.queueTime.snapshot(),
				this.runTime.snapshot(), oldestQueued);
	}

	/**
	 * Count, sum and maximum of durations.
	 */
	static final class TimeSum {

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
