package io.github.loopguard.test.tracking;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * A subscriber that handles signals as part of some work.
 *
 * @param <T> type of the elements
 */
final class WorkingSubscriber<T> implements CoreSubscriber<T> {

	private final CoreSubscriber<? super T> actual;

	private final Work work;

	WorkingSubscriber(CoreSubscriber<? super T> actual, Work work) {
		this.actual = actual;
		this.work = work;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext().put(WorkAccessor.KEY, this.work);
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		TestTracker.run(this.work, () -> this.actual.onSubscribe(subscription));
	}

	@Override
	public void onNext(T element) {
		TestTracker.run(this.work, () -> this.actual.onNext(element));
	}

	@Override
	public void onError(Throwable error) {
		TestTracker.run(this.work, () -> this.actual.onError(error));
	}

	@Override
	public void onComplete() {
		TestTracker.run(this.work, this.actual::onComplete);
	}

}
