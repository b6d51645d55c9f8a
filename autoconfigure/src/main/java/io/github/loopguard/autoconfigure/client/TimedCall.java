package io.github.loopguard.autoconfigure.client;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.netty.Connection;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.github.loopguard.detect.waiting.StallImpact;
import io.github.loopguard.detect.waiting.StallImpact.ClientTimeout;

/**
 * A call of an HTTP client, which knows its event loop: the one that sent the request.
 */
final class TimedCall implements CoreSubscriber<Connection>, Subscription, Scannable {

	private static final String KEY = "loopguard.call";

	private static final String TIMEOUT = "reactor.core.publisher.FluxTimeout$";

	private static final int DEEPEST = 512;

	private final CoreSubscriber<? super Connection> actual;

	private final StallImpact impact;

	private final Context context;

	private final AtomicBoolean told = new AtomicBoolean();

	private @Nullable Subscription subscription;

	private final Thread wantedBy = Thread.currentThread();

	private volatile @Nullable Thread sentBy;

	TimedCall(CoreSubscriber<? super Connection> actual, StallImpact impact) {
		this.actual = actual;
		this.impact = impact;
		this.context = actual.currentContext().put(KEY, this);
	}

	static @Nullable TimedCall of(ContextView context) {
		return context.getOrDefault(KEY, null) instanceof TimedCall call ? call : null;
	}

	/**
	 * Returns the thread that made the call.
	 */
	Thread wantedBy() {
		return this.wantedBy;
	}

	/**
	 * Notes the event loop of the connection.
	 */
	void sentBy(Thread loop) {
		this.sentBy = loop;
	}

	/**
	 * Notes that the call failed. Called on the event loop of the connection.
	 */
	void failed(Throwable failure) {
		ClientTimeout kind = this.impact.isCounting() ? ClientTimeouts.kind(failure) : null;
		if (kind != null) {
			timedOut(Thread.currentThread(), kind);
		}
	}

	/**
	 * Notes that no connection became free in time.
	 * @param loops threads of the event loops that had to free one
	 */
	void noConnection(List<Thread> loops) {
		loops.stream().filter(this.impact::isStill).findFirst().ifPresent((loop) -> timedOut(loop, ClientTimeout.POOL));
	}

	private void timedOut(Thread loop, ClientTimeout kind) {
		if (this.impact.isStill(loop) && this.told.compareAndSet(false, true)) {
			this.impact.timedOut(loop, kind);
		}
	}

	@Override
	public void cancel() {
		Thread loop = this.sentBy;
		if (loop != null && this.impact.isStill(loop) && isTimeout()) {
			timedOut(loop, ClientTimeout.OPERATOR);
		}
		Objects.requireNonNull(this.subscription).cancel();
	}

	/**
	 * Returns whether a timeout operator cancels, and not somebody who wants no answer
	 * any more.
	 */
	private static boolean isTimeout() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.limit(DEEPEST)
				.anyMatch((frame) -> frame.getMethodName().equals("doTimeout")
						&& frame.getClassName().startsWith(TIMEOUT)));
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		this.actual.onSubscribe(this);
	}

	@Override
	public void onNext(Connection connection) {
		this.actual.onNext(connection);
	}

	@Override
	public void onError(Throwable failure) {
		failed(failure);
		this.actual.onError(failure);
	}

	@Override
	public void onComplete() {
		this.actual.onComplete();
	}

	@Override
	public void request(long count) {
		Objects.requireNonNull(this.subscription).request(count);
	}

	@Override
	public @Nullable Object scanUnsafe(Attr key) {
		if (key == Attr.ACTUAL) {
			return this.actual;
		}
		if (key == Attr.PARENT) {
			return this.subscription;
		}
		return (key == Attr.RUN_STYLE) ? Attr.RunStyle.SYNC : null;
	}

}
