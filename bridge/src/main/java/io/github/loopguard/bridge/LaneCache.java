package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Runs blocking work once for all simultaneous callers of a key, and keeps the outcome
 * for a time. A {@link BridgeException} is never kept. Thread-safe.
 *
 * @param <K> type of the keys
 * @param <V> type of the results
 * @since 0.1
 */
public final class LaneCache<K, V> {

	private static final int MAX_ENTRIES = 1_000;

	private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();

	private final Lane lane;

	private final BlockingFunction<? super K, ? extends V> work;

	private final Duration keepValue;

	private final Duration keepFailure;

	private final LongSupplier nanoTime;

	/**
	 * Creates a cache of at most 1,000 outcomes.
	 * @param lane where the work runs
	 * @param work what to do for a key
	 * @param keepValue how long a result is kept, zero for not at all
	 * @param keepFailure how long a failure is kept, zero for not at all
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
	 * Returns the outcome for a key; runs the work if there is none and the work is not
	 * running already. Cancelling does not stop the work, because others may wait for it.
	 * @param key the key
	 * @return the result or the failure
	 */
	public Mono<V> get(K key) {
		return BlockingBridge.PROVIDER.inContextOfSubscriber(Mono.defer(() -> entry(key).outcome));
	}

	int size() {
		return this.entries.size();
	}

	private Entry<V> entry(K key) {
		if (this.entries.size() >= MAX_ENTRIES && !this.entries.containsKey(key)) {
			makeRoom();
		}
		return this.entries.compute(key,
				(same, known) -> (known != null && !known.expired(this.nanoTime.getAsLong())) ? known : make(key));
	}

	/**
	 * Removes what has expired, and the oldest outcome if nothing has.
	 */
	private void makeRoom() {
		long now = this.nanoTime.getAsLong();
		if (!this.entries.values().removeIf((entry) -> entry.expired(now))) {
			this.entries.values()
				.stream()
				.filter((entry) -> entry.settled)
				.max(Comparator.comparingLong((entry) -> now - entry.since))
				.ifPresent(this.entries.values()::remove);
		}
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
		Lane lane = (this.lane instanceof BlockingBridge bridge) ? bridge.managed(bridge.name()) : this.lane;
		return (lane instanceof LaneProvider.ManagedLane managed) ? managed.callWithoutContext(work) : lane.call(work);
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
