package io.github.loopguard.bridge.engine.lane;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.engine.CurrentCall;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Reads the next elements of a stream and emits each at once: as many as are requested,
 * at most 256, and for at most 5 ms, so that a fast source leaves the thread to others.
 */
final class StreamStep<C, T> extends LaneTask<Boolean> {

	private static final int MAX_ELEMENTS = 256;

	private static final long MAX_NANOS = Duration.ofMillis(5).toNanos();

	private final StreamSubscription<C, T> subscription;

	private final boolean first;

	private long emitted;

	/**
	 * Whether the thread that ran this step in place runs the next one.
	 */
	boolean continues;

	StreamStep(StreamSubscription<C, T> subscription, CallContext context, boolean first) {
		super(subscription.engine, subscription.key, context);
		this.subscription = subscription;
		this.first = first;
	}

	@Override
	protected boolean queueLimited() {
		return this.first;
	}

	/**
	 * Reads and emits.
	 * @return whether the source has ended
	 */
	@Override
	public Boolean call() throws Exception {
		boolean ended = true;
		try {
			ended = read();
			return ended;
		}
		finally {
			if (ended) {
				this.subscription.cursor.close();
			}
		}
	}

	private boolean read() throws Exception {
		long limit = Math.min(MAX_ELEMENTS, this.subscription.requested());
		long end = System.nanoTime() + MAX_NANOS;
		C cursor = this.subscription.cursor.get();
		while (!this.subscription.cancelled() && !detached()) {
			T element = this.subscription.next.apply(cursor);
			if (element == null) {
				return true;
			}
			this.emitted++;
			CurrentCall.emit(this.engine, () -> this.subscription.actual.onNext(element));
			if (this.emitted == limit || System.nanoTime() - end >= 0) {
				break;
			}
		}
		return false;
	}

	@Override
	protected void succeeded(@Nullable Boolean ended) {
		if (Boolean.TRUE.equals(ended)) {
			this.subscription.actual.onComplete();
		}
		else {
			this.subscription.emitted(this, this.emitted);
		}
	}

	@Override
	protected void failed(Throwable error) {
		this.subscription.actual.onError(error);
	}

	@Override
	protected void discarded(@Nullable Boolean ended, @Nullable Throwable error) {
		this.subscription.cursor.close();
	}

	@Override
	protected void dropped() {
		this.subscription.close();
	}

}
