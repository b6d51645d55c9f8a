package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;

/**
 * The counters of a lane; threads update them without waiting.
 */
final class LaneCounters {

	private final StripedCounters counters = new StripedCounters();

	final AtomicInteger lingering = new AtomicInteger();

	final StripedCounters.Counter submitted = this.counters.newCounter();

	final StripedCounters.Counter rejected = this.counters.newCounter();

	final StripedCounters.Counter inPlace = this.counters.newCounter();

	final StripedCounters.Counter completed = this.counters.newCounter();

	final StripedCounters.Counter failed = this.counters.newCounter();

	final StripedCounters.Counter cancelled = this.counters.newCounter();

	final StripedCounters.Counter timedOut = this.counters.newCounter();

	final StripedCounters.Counter abandoned = this.counters.newCounter();

	final TimeSum queueTime = new TimeSum(this.counters);

	final TimeSum runTime = new TimeSum(this.counters);

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

		private final StripedCounters.Counter count;

		private final StripedCounters.Counter nanos;

		private final LongAccumulator max = new LongAccumulator(Math::max, 0);

		private TimeSum(StripedCounters counters) {
			this.count = counters.newCounter();
			this.nanos = counters.newCounter();
		}

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
