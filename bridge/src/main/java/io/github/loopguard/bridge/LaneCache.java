package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Does a piece of blocking work once for all who ask for it at the same time, and
 * remembers the outcome for a while. A refusal of the lane is never remembered. Safe for
 * use by many threads.
 *
 * @param <K> type of what is asked for
 * @param <V> type of the result
 * @since 0.1
 */
public final class LaneCache<K, V> {

	private static final int MOST = 1_000;

	private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();

	private final Lane lane;

	private final BlockingFunction<? super K, ? extends V> work;

	private final Duration keepValue;

	private final Duration keepFailure;

	private final LongSupplier nanoTime;

	/**
	 * Creates a memo of at most 1,000 outcomes.
	 * @param lane where the work runs
	 * @param work what to do for a key
	 * @param keepValue how long a result is remembered, zero for not at all
	 * @param keepFailure how long a failure is remembered, zero for not at all
	 */
	public LaneCache(Lane lane, BlockingFunction<? super K, ? extends V> work, Duration keepValue,
			Duration keepFailure) {
		this(lane, work, keepValue, keepFailure, System::nanoTime);
	}

	LaneCache(Lane lane, BlockingFunction<? super K, ? extends V> work, Duration keepValue, Duration keepFailure,
			LongSupplier nanoTime) {
		this.lane = lane;
		this.work = work;
		this.keepValue = keepValue;
		this.keepFailure = keepFailure;
		this.nanoTime = nanoTime;
	}

	/**
	 * Returns the outcome for a key, doing the work if nobody else is at it. Cancelling
	 * does not stop the work, because others may wait for it.
	 * @param key what is asked for
	 * @return the result or the failure
	 */
	public Mono<V> get(K key) {
		return new ContextMono<>(Mono.defer(() -> entry(key).outcome));
	}

	int size() {
		return this.entries.size();
	}

	private Entry<V> entry(K key) {
		if (this.entries.size() >= MOST) {
			this.entries.values().removeIf((entry) -> entry.settled);
		}
		return this.entries.compute(key,
				(same, known) -> (known != null && !known.expired(this.nanoTime.getAsLong())) ? known : make(key));
	}

	private Entry<V> make(K key) {
		Entry<V> entry = new Entry<>();
		entry.outcome = this.<V>call(() -> this.work.apply(key))
			.doOnSuccess((value) -> settle(key, entry, this.keepValue))
			.doOnError((error) -> settle(key, entry,
					(error instanceof BridgeException) ? Duration.ZERO : this.keepFailure))
			.cache();
		return entry;
	}

	private <T> Mono<T> call(Callable<? extends @Nullable T> work) {
		if (this.lane instanceof EngineLane engineLane) {
			return engineLane.callForMany(work);
		}
		return (this.lane instanceof BlockingBridge bridge) ? bridge.callForMany(work) : this.lane.call(work);
	}

	private void settle(K key, Entry<V> entry, Duration keep) {
		if (keep.isZero()) {
			this.entries.remove(key, entry);
		}
		else {
			entry.keep(this.nanoTime.getAsLong(), keep);
		}
	}

	private static final class Entry<V> {

		private Mono<V> outcome = Mono.empty();

		private volatile boolean settled;

		private volatile long since;

		private volatile long keepNanos;

		void keep(long now, Duration keep) {
			this.since = now;
			this.keepNanos = (keep.compareTo(Duration.ofDays(365)) < 0) ? keep.toNanos() : Long.MAX_VALUE;
			this.settled = true;
		}

		boolean expired(long now) {
			return this.settled && now - this.since >= this.keepNanos;
		}

	}

}
