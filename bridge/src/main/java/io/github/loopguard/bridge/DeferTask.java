package io.github.loopguard.bridge;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription to a {@link LaneDefer}: makes the source and subscribes to it in the
 * lane, and asks it for more there too, because a source may block whenever it is asked.
 *
 * @param <T> type of the elements
 */
final class DeferTask<T> extends LaneTask<Void> implements Subscription, CoreSubscriber<T> {

	private final Callable<? extends Publisher<? extends T>> source;

	private final CoreSubscriber<? super T> actual;

	private final CallContext context;

	private final AtomicLong wanted = new AtomicLong();

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean asking = new AtomicBoolean();

	private final AtomicBoolean done = new AtomicBoolean();

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable AskTask current;

	DeferTask(LaneEngine engine, @Nullable Object key, Callable<? extends Publisher<? extends T>> source,
			CoreSubscriber<? super T> actual) {
		this(engine, key, source, actual, CallContext.capture(actual.currentContext()));
	}

	private DeferTask(LaneEngine engine, @Nullable Object key, Callable<? extends Publisher<? extends T>> source,
			CoreSubscriber<? super T> actual, CallContext context) {
		super(engine, key, context);
		this.source = source;
		this.actual = actual;
		this.context = context;
	}

	@Override
	public void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		this.wanted.accumulateAndGet(n, Operators::addCap);
		if (this.started.compareAndSet(false, true)) {
			this.engine.submit(this);
		}
		else if (this.upstream != null) {
			ask();
		}
	}

	@Override
	public void cancel() {
		this.done.set(true);
		stop();
		leave(CancelReason.CANCELLED);
		AskTask asking = this.current;
		if (asking != null) {
			asking.leave(CancelReason.CANCELLED);
		}
	}

	private void stop() {
		Subscription upstream = this.upstream;
		if (upstream != null) {
			upstream.cancel();
		}
	}

	@Override
	public @Nullable Void call() throws Exception {
		this.source.call().subscribe(this);
		return null;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		this.upstream = upstream;
		if (this.done.get()) {
			upstream.cancel();
			return;
		}
		long now = this.wanted.getAndSet(0);
		if (now > 0) {
			upstream.request(now);
		}
		if (this.wanted.get() > 0) {
			ask();
		}
	}

	/**
	 * Passes the demand on in the lane, one such task at a time.
	 */
	private void ask() {
		if (!this.done.get() && this.asking.compareAndSet(false, true)) {
			AskTask task = new AskTask(this.engine, this.context);
			this.current = task;
			this.engine.submitReserved(task);
		}
	}

	@Override
	public void onNext(T element) {
		if (this.done.get()) {
			Operators.onDiscard(element, currentContext());
		}
		else {
			this.actual.onNext(element);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.done.compareAndSet(false, true)) {
			this.actual.onError(error);
		}
	}

	@Override
	public void onComplete() {
		if (this.done.compareAndSet(false, true)) {
			this.actual.onComplete();
		}
	}

	@Override
	void succeeded(@Nullable Void value) {
	}

	@Override
	void failed(Throwable error) {
		onError(error);
		stop();
	}

	@Override
	void unwanted(@Nullable Void value, @Nullable Throwable error) {
	}

	private final class AskTask extends LaneTask<Void> {

		AskTask(LaneEngine engine, CallContext context) {
			super(engine, null, context);
		}

		@Override
		boolean waitLimited() {
			return false;
		}

		@Override
		public @Nullable Void call() {
			Subscription upstream = DeferTask.this.upstream;
			long now = DeferTask.this.wanted.getAndSet(0);
			DeferTask.this.asking.set(false);
			if (upstream != null && now > 0) {
				upstream.request(now);
			}
			return null;
		}

		@Override
		void succeeded(@Nullable Void value) {
			if (DeferTask.this.wanted.get() > 0) {
				ask();
			}
		}

		@Override
		void failed(Throwable error) {
			DeferTask.this.failed(error);
		}

		@Override
		void unwanted(@Nullable Void value, @Nullable Throwable error) {
		}

	}

}
