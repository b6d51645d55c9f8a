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
	 * Creates a lane on threads of its own.
	 */
	ManagedLane create(LaneSpec spec);

	/**
	 * Creates a lane on Reactor's {@code boundedElastic}.
	 */
	ManagedLane createElastic(String name);

	/**
	 * Emits a shared outcome to each subscriber in the subscriber's own context.
	 */
	<T> Mono<T> inContextOfSubscriber(Mono<T> shared);

	/**
	 * A lane with the operations that only the bridge itself calls.
	 */
	interface ManagedLane extends Lane {

		void decorate(@Nullable CallDecorator decorator);

		/**
		 * Runs work for many subscribers, in the context of none of them.
		 */
		<T> Mono<T> callWithoutContext(Callable<? extends @Nullable T> work);

		Mono<Void> close(Duration grace);

		void closeNow();

		/**
		 * Accepts calls again after the lane was closed.
		 */
		void reopen();

	}

}
