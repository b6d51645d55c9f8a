package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

import org.jspecify.annotations.Nullable;

/**
 * What a lane counts; written from many threads without waiting.
 */
final class LaneCounters {

	private final StripedCounts counts = new StripedCounts();

	final AtomicInteger lingering = new AtomicInteger();

	final StripedCounts.Count submitted = this.counts.count();

	final StripedCounts.Count rejected = this.counts.count();

	final StripedCounts.Count inPlace = this.counts.count();

	final StripedCounts.Count completed = this.counts.count();

	final StripedCounts.Count failed = this.counts.count();

	final StripedCounts.Count cancelled = this.counts.count();

	final StripedCounts.Count timedOut = this.counts.count();

	final StripedCounts.Count abandoned = this.counts.count();

	final TimeSum queueTime = new TimeSum(this.counts);

	final TimeSum runTime = new TimeSum(this.counts);

	LaneStatus status(LaneSpec limits, LaneKind kind, LanePermits places, @Nullable Duration oldestQueued) {
		return new LaneStatus(limits.name(), kind, places.active(), limits.threads(), places.queued(),
				limits.queueCapacity(), places.openNow(), limits.maxOpen(), Math.max(0, this.lingering.get()),
				this.submitted.sum(), this.rejected.sum(), this.inPlace.sum(), this.completed.sum(), this.failed.sum(),
				this.cancelled.sum(), this.timedOut.sum(), this.abandoned.sum(), this.queueTime.snapshot(),
				this.runTime.snapshot(), oldestQueued);
	}

	/**
	 * Count, sum and maximum of durations.
	 */
	static final class TimeSum {

		private final StripedCounts.Count count;

		private final StripedCounts.Count nanos;

		private final LongAccumulator max = new LongAccumulator(Math::max, 0);

		private TimeSum(StripedCounts counts) {
			this.count = counts.count();
			this.nanos = counts.count();
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
