package io.github.loopguard.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Reads the next elements of a stream and emits each at once: as many as are requested,
 * at most 256, and for at most 5 ms, so that a fast source does not keep others from the
 * thread.
 *
 * @param <C> type of the cursor
 * @param <T> type of the elements
 */
final class StreamStep<C, T> extends LaneTask<Boolean> {

	private static final int MOST = 256;

	private static final long LONGEST = Duration.ofMillis(5).toNanos();

	private final StreamSubscription<C, T> subscription;

	private final boolean first;

	private long emitted;

	/**
	 * Whether the next step is due on the thread that ran this one in place.
	 */
	boolean goesOn;

	StreamStep(StreamSubscription<C, T> subscription, CallContext context, boolean first) {
		super(subscription.stream.engine, subscription.stream.key, context);
		this.subscription = subscription;
		this.first = first;
	}

	@Override
	boolean waitLimited() {
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
		long most = Math.min(MOST, this.subscription.requested());
		long end = System.nanoTime() + LONGEST;
		C cursor = this.subscription.cursor.get();
		while (!this.subscription.cancelled() && !orphaned()) {
			T element = this.subscription.stream.next.apply(cursor);
			if (element == null) {
				return true;
			}
			this.emitted++;
			CurrentCall.emit(this.engine, () -> this.subscription.actual.onNext(element));
			if (this.emitted == most || System.nanoTime() - end >= 0) {
				break;
			}
		}
		return false;
	}

	@Override
	void succeeded(@Nullable Boolean ended) {
		if (Boolean.TRUE.equals(ended)) {
			this.subscription.actual.onComplete();
		}
		else {
			this.subscription.emitted(this, this.emitted);
		}
	}

	@Override
	void failed(Throwable error) {
		this.subscription.actual.onError(error);
	}

	@Override
	void unwanted(@Nullable Boolean ended, @Nullable Throwable error) {
		this.subscription.cursor.close();
	}

	@Override
	void neverRan() {
		this.subscription.close();
	}

}
