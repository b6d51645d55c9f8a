package io.github.loopguard.bridge;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One subscription to a {@link LaneStream}. While there is demand one {@link StreamStep}
 * at a time waits, reads or emits; {@code steps} counts it and what came up meanwhile.
 *
 * @param <C> type of the cursor
 * @param <T> type of the elements
 */
final class StreamSubscription<C, T> implements Subscription {

	final LaneStream<C, T> stream;

	final CoreSubscriber<? super T> actual;

	final StreamCursor<C> cursor;

	private final CallContext context;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger steps = new AtomicInteger();

	private volatile boolean cancelled;

	private volatile @Nullable StreamStep<C, T> current;

	StreamSubscription(LaneStream<C, T> stream, CoreSubscriber<? super T> actual) {
		this.stream = stream;
		this.actual = actual;
		this.cursor = new StreamCursor<>(stream.engine, stream.open);
		this.context = CallContext.capture(actual.currentContext());
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.requested.accumulateAndGet(n, Operators::addCap);
			if (this.steps.getAndIncrement() == 0) {
				step(this.stream.engine::submitReserved);
			}
		}
	}

	@Override
	public void cancel() {
		if (this.cancelled) {
			return;
		}
		this.cancelled = true;
		if (this.steps.getAndIncrement() == 0) {
			close();
			return;
		}
		StreamStep<C, T> step = this.current;
		if (step != null) {
			step.leave(CancelReason.CANCELLED);
		}
	}

	boolean cancelled() {
		return this.cancelled;
	}

	long requested() {
		return this.requested.get();
	}

	/**
	 * Goes on after the elements of a step were emitted, on the lane's thread.
	 */
	void emitted(StreamStep<C, T> step, long count) {
		if (this.requested.get() != Long.MAX_VALUE) {
			this.requested.addAndGet(-count);
		}
		int seen = this.steps.get();
		while (true) {
			if (this.cancelled) {
				this.cursor.close();
				return;
			}
			if (this.requested.get() > 0) {
				if (step.guest()) {
					// Whoever ran it in place goes on; calling it from here would nest
					// without end.
					step.goesOn = true;
				}
				else {
					step(this.stream.engine::submitNext);
				}
				return;
			}
			seen = this.steps.addAndGet(-seen);
			if (seen == 0) {
				return;
			}
		}
	}

	/**
	 * Closes the cursor in the lane, because no step is left to do it.
	 */
	void close() {
		if (this.cursor.untouched()) {
			this.cursor.close();
		}
		else {
			LaneEngine engine = this.stream.engine;
			engine.submitReserved(new CloseTask(engine, this.context, this.cursor));
		}
	}

	private void step(Consumer<LaneTask<?>> next) {
		StreamStep<C, T> step = submit(next);
		while (step.goesOn) {
			step = submit(this.stream.engine::submitReserved);
		}
	}

	private StreamStep<C, T> submit(Consumer<LaneTask<?>> next) {
		boolean first = this.current == null;
		StreamStep<C, T> step = new StreamStep<>(this, this.context, first);
		this.current = step;
		if (this.cancelled) {
			step.leave(CancelReason.CANCELLED);
		}
		else if (!first) {
			next.accept(step);
		}
		else {
			BridgeException refusal = this.cursor.reserve();
			if (refusal != null) {
				step.refuse(refusal);
			}
			else {
				this.stream.engine.submit(step);
			}
		}
		return step;
	}

}
