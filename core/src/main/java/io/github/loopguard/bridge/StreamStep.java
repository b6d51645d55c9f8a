package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;

/**
 * Reads the next elements of a stream: as many as are requested, at most 256, and for at
 * most 5 ms, so that a slow source's elements are not held back and a fast source's do
 * not keep others from the thread.
 *
 * @param <C> type of the cursor
 * @param <T> type of the elements
 */
final class StreamStep<C, T> extends LaneTask<StreamStep.Batch<T>> {

	private static final int MOST = 256;

	private static final long LONGEST = Duration.ofMillis(5).toNanos();

	private final StreamSubscription<C, T> subscription;

	private final boolean first;

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

	@Override
	public Batch<T> call() {
		List<T> elements = new ArrayList<>();
		long most = Math.min(MOST, this.subscription.requested());
		long end = System.nanoTime() + LONGEST;
		try {
			C cursor = this.subscription.cursor.get();
			do {
				T element = this.subscription.stream.next.apply(cursor);
				if (element == null) {
					this.subscription.cursor.close();
					return new Batch<>(elements, true, null);
				}
				elements.add(element);
			}
			while (elements.size() < most && System.nanoTime() - end < 0 && !this.subscription.cancelled());
			return new Batch<>(elements, false, null);
		}
		catch (Throwable ex) {
			this.subscription.cursor.close();
			return new Batch<>(elements, true, ex);
		}
	}

	@Override
	void succeeded(@Nullable Batch<T> batch) {
		if (batch == null) {
			return;
		}
		for (int i = 0; i < batch.elements().size(); i++) {
			if (this.subscription.cancelled()) {
				discard(batch.elements().subList(i, batch.elements().size()));
				this.subscription.cursor.close();
				return;
			}
			this.subscription.actual.onNext(batch.elements().get(i));
		}
		if (batch.error() != null) {
			this.subscription.actual.onError(batch.error());
		}
		else if (batch.last()) {
			this.subscription.actual.onComplete();
		}
		else {
			this.subscription.emitted(this, batch.elements().size());
		}
	}

	@Override
	void failed(Throwable error) {
		this.subscription.actual.onError(error);
	}

	@Override
	void unwanted(@Nullable Batch<T> batch, @Nullable Throwable error) {
		if (batch != null) {
			discard(batch.elements());
		}
		this.subscription.cursor.close();
	}

	@Override
	void neverRan() {
		this.subscription.close();
	}

	private void discard(List<T> elements) {
		Operators.onDiscardMultiple(elements, this.subscription.actual.currentContext());
	}

	/**
	 * What one step read.
	 *
	 * @param elements the elements, in order
	 * @param last whether the cursor ended after them
	 * @param error why it ended, {@code null} at its natural end
	 */
	record Batch<T>(List<T> elements, boolean last, @Nullable Throwable error) {
	}

}
