package io.github.loopguard.bridge.engine.lane;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneTimeoutException.Phase;
import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.CurrentCall;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.TaskKind;
import io.github.loopguard.bridge.engine.TimeLimit;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Emits elements to one subscriber by steps that run in a lane. While there is demand one
 * step at a time waits, runs or emits; {@code pending} counts it and the requests since.
 */
abstract class SteppedSource<T> implements Subscription {

	protected final LaneEngine engine;

	/**
	 * The elements that are requested and not yet emitted.
	 */
	protected final AtomicLong demand = new AtomicLong();

	private final CoreSubscriber<T> actual;

	private final @Nullable Object key;

	private final CallContext context;

	/** One until the source is ready, so that no request starts it before. */
	private final AtomicInteger pending = new AtomicInteger(1);

	private final Disposable.Composite watches = Disposables.composite();

	private final @Nullable TimeLimit limit;

	private volatile @Nullable Step current;

	private volatile boolean stopped;

	/** Whether the subscriber knows that the source has ended. */
	private volatile boolean ended;

	SteppedSource(LaneEngine engine, @Nullable Object key, CoreSubscriber<? super T> actual,
			@Nullable TimeLimit limit) {
		this.engine = engine;
		this.key = key;
		// A timeout's signal may come while an element is emitted.
		this.actual = Operators.serialize(actual);
		this.context = CallContext.capture(actual.currentContext());
		this.limit = limit;
	}

	/**
	 * Admits the first step.
	 * @return why it is rejected, {@code null} if it is not
	 */
	@Nullable BridgeException admit() {
		return null;
	}

	/**
	 * Returns whether there is demand for another step.
	 */
	abstract boolean hasDemand();

	/**
	 * Runs a step in the lane.
	 * @return whether the source has ended
	 */
	abstract boolean step() throws Exception;

	/**
	 * Stops the source on the thread that ends it.
	 */
	void stop() {
	}

	/**
	 * Releases what the source holds, in the lane, once; no step runs or will run.
	 */
	void release() {
	}

	/**
	 * Returns whether there is something to release that may block.
	 */
	boolean holds() {
		return false;
	}

	final void start() {
		this.actual.onSubscribe(this);
		try {
			this.watches.add(Scope.enter(subscriber(), this::end));
			TimeLimit limit = this.limit;
			if (limit != null) {
				this.watches.add(limit.watch(() -> expire(limit)));
			}
		}
		catch (RuntimeException ex) {
			error(ex);
			return;
		}
		drain(() -> next(this.engine::submit));
	}

	/**
	 * Takes the next step if there is demand for it, or leaves it to the next request.
	 */
	private void drain(Runnable next) {
		int seen = this.pending.get();
		while (seen != 0) {
			if (isStopped()) {
				releaseInLane();
				return;
			}
			if (hasDemand()) {
				next.run();
				return;
			}
			seen = this.pending.addAndGet(-seen);
		}
	}

	@Override
	public final void request(long n) {
		if (Operators.validate(n)) {
			this.demand.accumulateAndGet(n, Operators::addCap);
			if (this.pending.getAndIncrement() == 0) {
				next(this.engine::submit);
			}
		}
	}

	@Override
	public final void cancel() {
		this.watches.dispose();
		end();
	}

	/**
	 * Ends without a signal. If it was not the subscriber who cancelled, he learns when
	 * his time is over.
	 */
	private void end() {
		if (this.ended) {
			return;
		}
		letNoStepFollow();
		Step step = this.current;
		if (step != null) {
			step.cancel(CancelReason.CANCELLED);
		}
	}

	final void complete() {
		end(this.actual::onComplete);
	}

	final void error(Throwable error) {
		end(() -> this.actual.onError(error));
	}

	private void end(Runnable signal) {
		this.stopped = true;
		this.watches.dispose();
		signal.run();
		this.ended = true;
	}

	private void expire(TimeLimit limit) {
		letNoStepFollow();
		Step step = this.current;
		if (step == null || !step.expire(limit)) {
			// Not by the timer's own task, which is interrupted when it is disposed of.
			Schedulers.parallel().schedule(() -> error(limit.error(Phase.RUN)));
		}
	}

	/**
	 * Lets no step follow, and releases if none runs.
	 */
	private void letNoStepFollow() {
		this.stopped = true;
		stop();
		if (this.pending.getAndIncrement() == 0) {
			releaseInLane();
		}
	}

	final boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Emits an element from within a step.
	 * @return whether there was still a subscriber
	 */
	final boolean emit(T element) {
		boolean emitted = !isStopped() && signal(() -> next(element));
		if (!emitted) {
			Operators.onDiscard(element, subscriber());
		}
		return emitted;
	}

	/**
	 * Passes an element on. What comes after one that the subscriber throws on would only
	 * queue up: it counts as still receiving that one.
	 */
	private void next(T element) {
		try {
			this.actual.onNext(element);
		}
		catch (RuntimeException | Error ex) {
			cancel();
			throw ex;
		}
	}

	/**
	 * Signals the subscriber, from within a step or from elsewhere.
	 * @return whether there was still one
	 */
	final boolean signal(Runnable signal) {
		Step step = this.current;
		return step != null && CurrentCall.emit(step, signal);
	}

	final Context subscriber() {
		return this.actual.currentContext();
	}

	private void next(Consumer<LaneTask<?>> queue) {
		Step step = submit(queue);
		while (step.continues) {
			step = submit(this.engine::submit);
		}
	}

	private Step submit(Consumer<LaneTask<?>> queue) {
		boolean first = this.current == null;
		Step step = new Step(first);
		this.current = step;
		BridgeException rejection = first ? admit() : null;
		if (isStopped()) {
			step.cancel(CancelReason.CANCELLED);
		}
		else if (rejection != null) {
			step.reject(rejection);
		}
		else {
			step.submitter = Thread.currentThread();
			queue.accept(step);
			step.submitter = null;
		}
		return step;
	}

	/**
	 * Continues after a step, on the lane's thread.
	 */
	private void continueAfter(Step step) {
		if (step.submitter == Thread.currentThread()) {
			// The loop in next() continues; a call from here would recurse.
			step.continues = true;
		}
		else {
			next(this.engine::queue);
		}
	}

	private void releaseInLane() {
		if (holds()) {
			this.engine.submit(new Release());
		}
		else {
			release();
		}
	}

	private final class Step extends LaneTask<Boolean> {

		/**
		 * The thread that submits this step, until it is submitted. Another thread may
		 * take the step over, but only this one, which runs it in place, sees itself.
		 */
		private @Nullable Thread submitter;

		/**
		 * Whether the thread that ran this step in place runs the next one.
		 */
		private boolean continues;

		private Step(boolean first) {
			super(first ? TaskKind.CALL : TaskKind.CONTINUATION, SteppedSource.this.engine, SteppedSource.this.key,
					SteppedSource.this.context, SteppedSource.this.limit);
		}

		@Override
		public Boolean call() throws Exception {
			boolean ended = true;
			try {
				ended = step();
				return ended;
			}
			finally {
				if (ended || isStopped()) {
					shield();
					release();
				}
			}
		}

		@Override
		protected void succeeded(@Nullable Boolean ended) {
			if (Boolean.TRUE.equals(ended)) {
				complete();
			}
			else {
				drain(() -> continueAfter(this));
			}
		}

		@Override
		protected void failed(Throwable error) {
			SteppedSource.this.error(error);
			stop();
		}

		@Override
		protected void discarded(@Nullable Boolean ended, @Nullable Throwable error) {
			releaseInLane();
			if (error != null) {
				Operators.onErrorDropped(error, subscriber());
			}
		}

		@Override
		protected void dropped() {
			releaseInLane();
		}

	}

	/**
	 * Releases even if the lane is closed.
	 */
	private final class Release extends LaneTask<Void> {

		private Release() {
			super(TaskKind.RELEASE, SteppedSource.this.engine, SteppedSource.this.key, SteppedSource.this.context,
					null);
		}

		@Override
		public @Nullable Void call() {
			release();
			return null;
		}

		@Override
		protected void failed(Throwable error) {
			Operators.onErrorDropped(error, subscriber());
		}

	}

}
