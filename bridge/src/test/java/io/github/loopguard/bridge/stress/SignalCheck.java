package io.github.loopguard.bridge.stress;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneTimeoutException;

/**
 * Stands between a lane's publisher and its subscriber and checks: one subscription, no
 * more elements than requested, one signal at a time, one terminal signal and nothing
 * after it. The round waits until it is over: by a terminal signal or a cancel.
 */
final class SignalCheck<T> implements CoreSubscriber<T>, Subscription {

	private final Operation operation;

	private final CoreSubscriber<? super T> actual;

	private final AtomicReference<Thread> signalling = new AtomicReference<>();

	private final AtomicLong demand = new AtomicLong();

	private final AtomicReference<String> terminal = new AtomicReference<>();

	private volatile boolean cancelled;

	private volatile Subscription upstream;

	SignalCheck(Operation operation, CoreSubscriber<? super T> actual) {
		this.operation = operation;
		this.actual = actual;
		operation.round.subscribed(this);
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (this.upstream != null) {
			this.operation.fault("a second onSubscribe");
		}
		this.upstream = upstream;
		this.actual.onSubscribe(this);
	}

	@Override
	public void onNext(T element) {
		enter("onNext");
		if (this.terminal.get() != null) {
			this.operation.fault("onNext after " + this.terminal.get());
		}
		long before = this.demand.getAndUpdate((now) -> (now == Long.MAX_VALUE) ? now : now - 1);
		if (before <= 0) {
			this.operation.fault("onNext beyond the demand");
		}
		this.actual.onNext(element);
		this.signalling.set(null);
	}

	@Override
	public void onError(Throwable error) {
		terminal("onError(" + error + ")");
		boolean untouched = error instanceof LaneFullException
				|| error instanceof LaneTimeoutException timeout && timeout.phase() == LaneTimeoutException.Phase.QUEUE;
		if (untouched) {
			this.operation.mustNotRun();
		}
		this.actual.onError(error);
		this.signalling.set(null);
	}

	@Override
	public void onComplete() {
		terminal("onComplete");
		this.actual.onComplete();
		this.signalling.set(null);
	}

	private void terminal(String signal) {
		enter(signal);
		if (this.upstream == null) {
			this.operation.fault(signal + " before onSubscribe");
		}
		String before = this.terminal.getAndSet(signal);
		if (before != null) {
			this.operation.fault(signal + " after " + before);
		}
		this.operation.round.over(this);
	}

	private void enter(String signal) {
		Thread other = this.signalling.getAndSet(Thread.currentThread());
		if (other == Thread.currentThread()) {
			this.operation.fault(signal + " within a signal of the same thread");
		}
		else if (other != null) {
			this.operation.fault(signal + " while " + other.getName() + " signals");
		}
	}

	@Override
	public void request(long n) {
		this.demand.accumulateAndGet(n, Operators::addCap);
		this.upstream.request(n);
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.operation.cancelled();
		this.upstream.cancel();
		this.operation.round.over(this);
	}

	@Override
	public String toString() {
		return this.operation + ", demand " + this.demand + (this.cancelled ? ", cancelled" : "");
	}

}
