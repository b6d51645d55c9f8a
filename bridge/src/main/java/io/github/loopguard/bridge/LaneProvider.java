package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

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
	 * Captures the context of the current thread and of a subscriber.
	 * @return runs its argument in this context
	 */
	Consumer<Runnable> capture(ContextView subscriber);

	/**
	 * Answers {@link BlockingBridge#isAbandoned()}.
	 */
	boolean abandoned();

	/**
	 * Does {@link BlockingBridge#beginCommit()}.
	 */
	boolean protect();

	/**
	 * Does {@link BlockingBridge#recordCalls}.
	 */
	void recordCalls(boolean wanted);

	/**
	 * A lane with the operations that only this package calls.
	 */
	non-sealed interface ManagedLane extends Lane {

		void decorate(@Nullable CallDecorator decorator);

		void measure(@Nullable LaneTimer timer);

		/**
		 * Creates work that runs once for many, in the context of none of them.
		 * @param outcome receives the result or the error, once
		 * @return starts the work unless somebody has; if the current thread is one of
		 * the lane's and would wait for the work to get a thread, the work runs on it
		 */
		<T> Runnable share(Callable<? extends @Nullable T> work,
				BiConsumer<? super @Nullable T, ? super @Nullable Throwable> outcome);

		Mono<Void> close(Duration grace);

		/**
		 * Accepts no more calls, finishes those in flight, and hands decorator and timer
		 * to the lane that follows.
		 */
		void replaceBy(ManagedLane lane);

		void closeNow();

		void reopen();

	}

}
