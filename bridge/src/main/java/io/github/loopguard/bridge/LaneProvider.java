package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Internal: not for use outside of this module. What {@link BlockingBridge} and
 * {@link LaneCache} need from the engine, which itself depends on this package.
 */
public interface LaneProvider {

	/**
	 * Creates a lane on threads of its own.@return the lane
	 */
	ManagedLane create(LaneSpec spec);

	/**
	 * Creates a lane on Reactor's {@code boundedElastic}.@return the lane
	 */
	ManagedLane createElastic(String name);

	/**
	 * Emits a shared outcome to each subscriber in the subscriber's own context.@param
	 * <T> type of the result
	 */
	<T> Mono<T> inContextOfSubscriber(Mono<T> shared);

	/**
	 * A lane with the operations that only the bridge itself calls.
	 */
	interface ManagedLane extends Lane {

		/**
		 * Decorates the calls that are made from now on.
		 */
		void decorate(@Nullable CallDecorator decorator);

		/**
		 * Runs work for many subscribers, in the context of none of them.@param <T> type
		 * of the result
		 */
		<T> Mono<T> callWithoutContext(Callable<? extends @Nullable T> work);

		/**
		 * Accepts no more calls and interrupts those that remain after the time is
		 * over.@return completes when all calls have ended or were interrupted
		 */
		Mono<Void> close(Duration grace);

		/**
		 * Accepts no more calls, fails those that wait and interrupts those that run.
		 */
		void closeNow();

	}

}
