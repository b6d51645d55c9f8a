package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A named, bounded place where blocking work runs off the event loop.
 * <p>
 * Nothing happens before subscription, and each subscription runs the work again.
 * Subscribing never blocks; if the lane is full the subscriber receives a
 * {@link LaneFullException} at once. Results arrive on the lane's thread, in the caller's
 * context (trace, MDC, security, locale). A call made by blocking code that itself runs
 * in the lane runs in place, so that the code may wait for it; what follows a result,
 * such as in {@code flatMap}, waits for a thread like every other call. All methods are
 * thread-safe.
 *
 * @since 0.1
 */
public sealed interface Lane permits BlockingBridge, LaneProvider.ManagedLane {

	/**
	 * Key of a deadline in the Reactor context, a {@link java.time.Instant}: work that
	 * has not begun by then is never begun, and work that runs is treated like work whose
	 * subscriber is gone. The subscriber receives a {@link LaneTimeoutException}.
	 */
	String DEADLINE = "loopguard.deadline";

	/**
	 * Key of a scope in the Reactor context, a {@link reactor.core.Disposable.Composite}:
	 * streams, deferred sources and sessions that are subscribed to in it are cancelled
	 * when it is disposed of, for publishers that are not cancelled by all who should.
	 */
	String SCOPE = "loopguard.scope";

	/**
	 * Returns the name of the lane, as it appears in meters and messages.
	 * @return the name
	 */
	String name();

	/**
	 * Runs blocking work and emits its result.
	 * @param work what to run; {@code null} as its result becomes an empty {@code Mono}
	 * @param <T> type of the result
	 * @return the result, or the error the work threw, or a {@link BridgeException}
	 */
	<T> Mono<T> call(Callable<? extends @Nullable T> work);

	/**
	 * Runs blocking work that has no result.
	 * @param work what to run
	 * @return completes when the work is done; errors as in {@link #call}
	 */
	default Mono<Void> run(BlockingAction work) {
		return call(() -> {
			work.run();
			return null;
		});
	}

	/**
	 * Runs blocking work in the lane if the subscribing thread is an event loop, and on
	 * the subscribing thread otherwise; work with a key always runs in the lane.
	 * @param work what to run
	 * @param <T> type of the result
	 * @return as in {@link #call}
	 */
	<T> Mono<T> callIfOnLoop(Callable<? extends @Nullable T> work);

	/**
	 * Returns a non-blocking function that calls a blocking one, for use as
	 * {@code flatMap(lane.wrap(repository::findById))}.
	 * @param function the blocking function
	 * @param <A> type of the argument
	 * @param <B> type of the result
	 * @return the function, whose result behaves as in {@link #call}
	 */
	default <A, B> Function<A, Mono<B>> wrap(BlockingFunction<? super A, ? extends B> function) {
		return (argument) -> call(() -> function.apply(argument));
	}

	/**
	 * Returns a transformation by a blocking function that waits for the lane instead of
	 * being rejected: {@code flux.transform(lane.mapping(repository::findById))}. It runs
	 * as many calls at the same time as the lane has threads, requests an element from
	 * its source when a call has ended, and emits the results in the order of the source.
	 * It counts as one open stream. An error ends it at once, before results that are not
	 * emitted yet.
	 * @param function the blocking function; {@code null} as its result is left out
	 * @param <A> type of the arguments
	 * @param <B> type of the results
	 * @return the transformation; its errors are those of {@link #call}
	 */
	<A, B> Function<Flux<A>, Flux<B>> mapping(BlockingFunction<? super A, ? extends B> function);

	/**
	 * Emits the elements of a blocking stream, such as {@code Files.lines}, as fast as
	 * they are requested. A thread is occupied only while elements are read. The stream
	 * is closed in the lane, at its end as well as on error and cancel.
	 * @param stream opens the stream
	 * @param <T> type of the elements
	 * @return the elements
	 */
	default <T> Flux<T> stream(Callable<? extends Stream<? extends T>> stream) {
		Objects.requireNonNull(stream, "'stream' must not be null");
		return stream(() -> {
			Stream<? extends T> opened = stream.call();
			return new IteratorCursor<T>(opened, opened.iterator());
		}, IteratorCursor::hasNext, IteratorCursor::next);
	}

	/**
	 * Emits the elements of a blocking iterator as fast as they are requested. An
	 * iterator that is {@link AutoCloseable} is closed as in {@link #stream(Callable)}.
	 * @param iterator opens the iterator
	 * @param <T> type of the elements
	 * @return the elements
	 */
	default <T> Flux<T> iterate(Callable<? extends Iterator<? extends T>> iterator) {
		Objects.requireNonNull(iterator, "'iterator' must not be null");
		return stream(() -> {
			Iterator<? extends T> opened = iterator.call();
			return new IteratorCursor<T>(opened, opened);
		}, IteratorCursor::hasNext, IteratorCursor::next);
	}

	/**
	 * Emits the elements of a cursor as fast as they are requested, and closes it as in
	 * {@link #stream(Callable)}; for a JDBC result set:
	 * {@code lane.stream(statement::executeQuery, ResultSet::next, (rows) -> rows.getString(1))}.
	 * An element that is {@code null}, such as a column that may be NULL, is an error
	 * that names its index: map it, such as to an {@code Optional}.
	 * @param open opens the cursor
	 * @param advance moves the cursor to its next element, {@code false} at the end
	 * @param read reads the element
	 * @param <C> type of the cursor
	 * @param <T> type of the elements
	 * @return the elements
	 */
	<C extends AutoCloseable, T> Flux<T> stream(Callable<? extends C> open,
			BlockingFunction<? super C, Boolean> advance, BlockingFunction<? super C, ? extends T> read);

	/**
	 * Calls code that returns a {@code Mono} or {@code Flux} and subscribes to it, both
	 * in the lane: for code that blocks before or while it publishes. Elements that are
	 * emitted later by another thread occupy none of the lane's threads.
	 * @param source returns the publisher to subscribe to
	 * @param <T> type of the elements
	 * @return the elements of the source; errors as in {@link #call}
	 */
	<T> Flux<T> defer(Callable<? extends Publisher<? extends T>> source);

	/**
	 * Opens a resource, such as a connection, on one of the lane's threads and reserves
	 * the thread for it: every step of the session runs there, until the publisher
	 * returned by {@code use} ends or is cancelled. An {@link AutoCloseable} resource is
	 * closed there, too. A session counts as active while it is open.
	 * @param open opens the resource
	 * @param use runs the steps
	 * @param <R> type of the resource
	 * @param <T> type of the elements
	 * @return the elements of the publisher that {@code use} returns
	 */
	<R, T> Flux<T> session(Callable<? extends R> open,
			Function<? super LaneSession<R>, ? extends Publisher<? extends T>> use);

	/**
	 * Returns a view of this lane whose work runs one call at a time, in the order of
	 * subscription, for all views with an equal key.
	 * @param key identifies calls that must not run at the same time, such as an account
	 * number; needs {@code equals} and {@code hashCode}
	 * @return the view; its limits, threads and totals are this lane's
	 */
	Lane ordered(Object key);

	/**
	 * Returns a view of this lane whose work is observed under a name, in meters and
	 * traces, where observations are available.
	 * @param name name of the work, one of few
	 * @return the view
	 */
	Lane observedAs(String name);

	/**
	 * Returns a view of this lane whose work has a limited time, from the subscription to
	 * its end. Work that has not begun by then is never begun.
	 * @param timeout the limit; one of the lane that is exceeded earlier applies, too
	 * @return the view; a {@link LaneCache} ignores its timeout, because others may wait
	 * @throws IllegalArgumentException if the timeout is not positive
	 */
	Lane withTimeout(Duration timeout);

	/**
	 * Returns a scheduler that runs its tasks in this lane, for operators such as
	 * {@code publishOn}, not for those that need a timer. A task is never run in place
	 * and has no timeouts; its context is the subscriber's. The tasks of a worker may run
	 * at the same time, as Reactor's operators allow. Disposing of it has no effect.
	 * @return the scheduler; it throws {@link RejectedExecutionException} when the lane
	 * is full or closed
	 */
	Scheduler asScheduler();

	/**
	 * Returns an executor that runs its tasks in this lane, as {@link #asScheduler()}
	 * does.
	 * @return the executor; it throws {@link RejectedExecutionException} when the lane is
	 * full or closed
	 */
	default Executor asExecutor() {
		return asScheduler()::schedule;
	}

	/**
	 * Returns the current limits, use and totals.
	 * @return a snapshot
	 */
	LaneStatus status();

}
