package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

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

	static {
		loadClasses();
	}

	private final AsyncCache<K, Outcome<V>> outcomes;

	private final Lane lane;

	private final BlockingFunction<? super K, ? extends V> work;

	private final Duration keepValue;

	private final Duration keepFailure;

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
		this.outcomes = cache(nanoTime);
	}

	private static <K, V> AsyncCache<K, Outcome<V>> cache(LongSupplier nanoTime) {
		return Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfter(Expiry.<K, Outcome<V>>creating((key, outcome) -> outcome.keep()))
			.executor(Runnable::run)
			.ticker(nanoTime::getAsLong)
			.buildAsync();
	}

	/**
	 * Loads the classes that the first use needs, which may be on an event loop.
	 */
	private static void loadClasses() {
		AsyncCache<String, Outcome<String>> first = cache(System::nanoTime);
		for (Duration keep : new Duration[] { Duration.ofDays(1), Duration.ZERO, Duration.ZERO }) {
			CompletableFuture<Outcome<String>> running = new CompletableFuture<>();
			first.get(keep.toString(), (key, executor) -> running)
				.thenAccept((outcome) -> first.asMap().get(keep.toString()));
			running.complete(new Outcome<>(null, null, keep));
		}
		first.synchronous().cleanUp();
	}

	/**
	 * Returns the outcome for a key; runs the work if there is none and the work is not
	 * running already. Cancelling does not stop the work, because others may wait for it.
	 * @param key the key
	 * @return the result or the failure; {@link IllegalStateException} if the work itself
	 * asks for its key
	 */
	public Mono<V> get(K key) {
		return Mono.create((sink) -> {
			Consumer<Runnable> context = BlockingBridge.PROVIDER.capture(sink.contextView());
			Running<K, V> running = (Running<K, V>) this.outcomes.get(key,
					(same, executor) -> new Running<>(this, key));
			running.told.thenAccept((outcome) -> context.accept(() -> outcome.emit(sink)));
			running.call.run();
		});
	}

	private LaneProvider.ManagedLane lane() {
		return (this.lane instanceof BlockingBridge bridge) ? bridge.managed(bridge.name())
				: (LaneProvider.ManagedLane) this.lane;
	}

	int size() {
		this.outcomes.synchronous().cleanUp();
		return this.outcomes.asMap().size();
	}

	private void ended(Running<K, V> running, @Nullable V value, @Nullable Throwable error) {
		Duration keep = this.keepValue;
		if (error != null) {
			keep = (error instanceof BridgeException) ? Duration.ZERO : this.keepFailure;
		}
		Outcome<V> outcome = new Outcome<>(value, error, keep);
		running.complete(outcome);
		running.told.complete(outcome);
	}

	private record Outcome<V>(@Nullable V value, @Nullable Throwable error, Duration keep) {

		void emit(MonoSink<V> sink) {
			if (this.error != null) {
				sink.error(this.error);
			}
			else {
				sink.success(this.value);
			}
		}

	}

	/**
	 * What is in the cache. Those who wait for it are told after the cache has learnt how
	 * long the outcome is kept.
	 */
	private static final class Running<K, V> extends CompletableFuture<Outcome<V>> {

		private final CompletableFuture<Outcome<V>> told = new CompletableFuture<>();

		private final Runnable call;

		private Running(LaneCache<K, V> cache, K key) {
			Callable<V> work = () -> cache.work.apply(key);
			this.call = cache.lane().share(work, (value, error) -> cache.ended(this, value, error));
		}

	}

}
