package io.github.loopguard.bridge.stress;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/**
 * Requests a random number of elements at a time, on this or on another thread, and
 * cancels at a random stage or never.
 */
final class RandomSubscriber<T> implements CoreSubscriber<T> {

	private static final int SOON_NANOS = 300_000;

	private static final Subscription CANCELLED = Operators.emptySubscription();

	private final AtomicReference<Subscription> subscription = new AtomicReference<>();

	private final Stage stage;

	private final long batch;

	private final boolean elsewhere;

	private final int cancelAfter;

	private final int cancelNanos;

	private long missing;

	private int received;

	/**
	 * Creates a subscriber.
	 * @param atOnce whether it requests while it subscribes
	 */
	RandomSubscriber(Random random, boolean atOnce) {
		this.stage = (random.nextInt(3) == 0) ? Stage.NEVER : Stage.VALUES[random.nextInt(Stage.VALUES.length)];
		this.batch = (random.nextBoolean()) ? Long.MAX_VALUE : 1 + random.nextInt(5);
		this.elsewhere = !atOnce && random.nextInt(3) == 0;
		this.cancelAfter = 1 + random.nextInt(6);
		this.cancelNanos = random.nextInt(SOON_NANOS);
	}

	/**
	 * Subscribes to a source on the current thread.
	 */
	void subscribeTo(Publisher<T> source, Operation operation) {
		if (this.stage == Stage.WHEN_STARTED) {
			operation.whenStarted(this::cancel);
		}
		else if (this.stage == Stage.WHEN_STARTED_ELSEWHERE) {
			operation.whenStarted(this::cancelSoon);
		}
		else if (this.stage == Stage.SOON) {
			cancelSoon();
		}
		source.subscribe(this);
		if (this.stage == Stage.WHEN_SUBSCRIBED) {
			cancel();
		}
	}

	void cancel() {
		Subscription upstream = this.subscription.getAndSet(CANCELLED);
		if (upstream != null) {
			upstream.cancel();
		}
	}

	private void cancelSoon() {
		Schedulers.parallel().schedule(this::cancel, this.cancelNanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (this.stage == Stage.ON_SUBSCRIBE) {
			upstream.cancel();
			return;
		}
		if (!this.subscription.compareAndSet(null, upstream)) {
			upstream.cancel();
			return;
		}
		request();
		if (this.stage == Stage.WHEN_REQUESTED) {
			cancel();
		}
	}

	@Override
	public void onNext(T element) {
		this.received++;
		if (this.stage == Stage.ON_ELEMENT && this.received == this.cancelAfter) {
			cancel();
		}
		else if (--this.missing == 0) {
			request();
		}
	}

	private void request() {
		this.missing = this.batch;
		Subscription upstream = this.subscription.get();
		if (this.elsewhere) {
			Schedulers.parallel().schedule(() -> upstream.request(this.batch));
		}
		else {
			upstream.request(this.batch);
		}
	}

	@Override
	public void onError(Throwable error) {
		atEnd();
	}

	@Override
	public void onComplete() {
		atEnd();
	}

	private void atEnd() {
		if (this.stage == Stage.AT_END) {
			cancel();
		}
	}

	@Override
	public String toString() {
		return "cancel " + this.stage + ", batches of " + this.batch + (this.elsewhere ? " elsewhere" : "");
	}

	/**
	 * When the subscription is cancelled.
	 */
	private enum Stage {

		NEVER, ON_SUBSCRIBE, WHEN_REQUESTED, WHEN_SUBSCRIBED, SOON, WHEN_STARTED, WHEN_STARTED_ELSEWHERE, ON_ELEMENT,
		AT_END;

		static final Stage[] VALUES = values();

	}

}
