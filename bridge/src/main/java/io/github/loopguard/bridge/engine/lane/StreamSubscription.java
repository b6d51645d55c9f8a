package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

import io.github.loopguard.bridge.BlockingFunction;
import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Reads a blocking cursor in a lane. While there is demand one {@link StreamStep} at a
 * time waits, reads or emits; {@code steps} counts it and the requests since.
 */
final class StreamSubscription<C, T> implements Subscription {

	final LaneEngine engine;

	final @Nullable Object key;

	final BlockingFunction<? super C, ? extends @Nullable T> next;

	final CoreSubscriber<? super T> actual;

	final StreamCursor<C> cursor;

	private final CallContext context;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger steps = new AtomicInteger();

	private volatile boolean cancelled;

	private volatile @Nullable StreamStep<C, T> current;

	StreamSubscription(LaneEngine engine, @Nullable Object key, Callable<? extends C> open,
			BlockingFunction<? super C, ? extends @Nullable T> next, CoreSubscriber<? super T> actual) {
		this.engine = engine;
		this.key = key;
		this.next = next;
		this.actual = actual;
		this.cursor = new StreamCursor<>(engine, open);
		this.context = CallContext.capture(actual.currentContext());
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.requested.accumulateAndGet(n, Operators::addCap);
			if (this.steps.getAndIncrement() == 0) {
				step(this.engine::submitReserved);
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
			step.cancel(CancelReason.CANCELLED);
		}
	}

	boolean cancelled() {
		return this.cancelled;
	}

	long requested() {
		return this.requested.get();
	}

	/**
	 * Continues after a step has emitted its elements, on the lane's thread.
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
				if (step.inPlace()) {
					// The loop in step() continues; a call from here would recurse.
					step.continues = true;
				}
				else {
					step(this.engine::submitNext);
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
		if (this.cursor.unopened()) {
			this.cursor.close();
		}
		else {
			this.engine.submitReserved(new CloseTask());
		}
	}

	private void step(Consumer<LaneTask<?>> next) {
		StreamStep<C, T> step = submit(next);
		while (step.continues) {
			step = submit(this.engine::submitReserved);
		}
	}

	private StreamStep<C, T> submit(Consumer<LaneTask<?>> next) {
		boolean first = this.current == null;
		StreamStep<C, T> step = new StreamStep<>(this, this.context, first);
		this.current = step;
		if (this.cancelled) {
			step.cancel(CancelReason.CANCELLED);
		}
		else if (!first) {
			next.accept(step);
		}
		else {
			BridgeException rejection = this.cursor.reserve();
			if (rejection != null) {
				step.reject(rejection);
			}
			else {
				this.engine.submit(step);
			}
		}
		return step;
	}

	private final class CloseTask extends LaneTask<Void> {

		CloseTask() {
			super(StreamSubscription.this.engine, null, StreamSubscription.this.context);
		}

		@Override
		protected boolean queueLimited() {
			return false;
		}

		@Override
		protected boolean survivesClose() {
			return true;
		}

		@Override
		public @Nullable Void call() {
			StreamSubscription.this.cursor.close();
			return null;
		}

		@Override
		protected void failed(Throwable error) {
		}

	}

}
