package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.bridge.LaneTimeoutException.Phase;

/**
 * How long a subscriber waits: until its lane's timeout or the deadline in its Reactor
 * context, whichever is earlier.
 *
 * @param end when it stops waiting, as {@link System#nanoTime()}
 * @param time the time from its subscription
 * @param source what the limit is called in messages
 * @param lane name of the lane
 */
public record TimeLimit(long end, Duration time, String source, String lane) {

	/**
	 * Returns the limit of a subscriber, {@code null} for none.
	 * @throws IllegalArgumentException if the deadline is not an {@link Instant}
	 * @throws LaneTimeoutException if it has passed
	 */
	public static @Nullable TimeLimit of(@Nullable Duration timeout, ContextView subscriber, String lane) {
		Object deadline = subscriber.getOrDefault(Lane.DEADLINE, null);
		if (deadline != null && !(deadline instanceof Instant)) {
			throw new IllegalArgumentException("The Reactor context has '" + deadline + "' as " + Lane.DEADLINE
					+ ", which is not a java.time.Instant");
		}
		Duration left = (deadline instanceof Instant instant) ? left(instant) : LaneSpec.MAX_TIME;
		if (timeout != null && timeout.compareTo(left) < 0) {
			return of(timeout, "Lane.withTimeout", lane);
		}
		return (deadline != null) ? of(left, "the deadline " + deadline, lane) : null;
	}

	private static Duration left(Instant deadline) {
		Duration left = Duration.between(Instant.now(), deadline);
		if (left.isNegative()) {
			return Duration.ZERO;
		}
		return (left.compareTo(LaneSpec.MAX_TIME) < 0) ? left : LaneSpec.MAX_TIME;
	}

	private static TimeLimit of(Duration time, String source, String lane) {
		TimeLimit limit = new TimeLimit(System.nanoTime() + time.toNanos(), time, source, lane);
		if (limit.passed()) {
			throw limit.error(Phase.QUEUE);
		}
		return limit;
	}

	boolean passed() {
		return this.end - System.nanoTime() <= 0;
	}

	/**
	 * Runs the action at the end, unless the result is disposed of before.
	 */
	public Disposable watch(Runnable end) {
		return Schedulers.parallel().schedule(end, Math.max(0, this.end - System.nanoTime()), TimeUnit.NANOSECONDS);
	}

	/**
	 * Cancels the work at the end, and signals that its time is over.
	 */
	public <T> Flux<T> apply(Publisher<T> work) {
		AtomicBoolean over = new AtomicBoolean();
		Mono<Long> end = Mono.delay(Duration.ofNanos(Math.max(0, this.end - System.nanoTime())), Schedulers.parallel());
		// Not an error of the other publisher: it would leave the work running.
		return Flux.from(work)
			.takeUntilOther(end.doOnNext((tick) -> over.set(true)))
			.concatWith(Mono.defer(() -> over.get() ? Mono.error(error(Phase.RUN)) : Mono.empty()));
	}

	public LaneTimeoutException error(Phase phase) {
		return new LaneTimeoutException(this.lane, phase, this.time, this.source);
	}

}
