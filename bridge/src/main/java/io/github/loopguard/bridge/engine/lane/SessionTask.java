package io.github.loopguard.bridge.engine.lane;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BlockingFunction;
import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneSession;
import io.github.loopguard.bridge.LaneTimeoutException.Phase;
import io.github.loopguard.bridge.engine.CancelReason;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.LaneTask;
import io.github.loopguard.bridge.engine.OpenPermit;
import io.github.loopguard.bridge.engine.TaskKind;
import io.github.loopguard.bridge.engine.TimeLimit;
import io.github.loopguard.bridge.engine.context.CallContext;

/**
 * Occupies a thread of the lane for one resource, from its opening to its closing, and
 * runs the session's steps there.
 */
final class SessionTask<R> extends LaneTask<Void> implements Subscription, LaneSession<R> {

	private static final int MAX_STEPS = 256;

	private final Callable<? extends R> open;

	private final CoreSubscriber<? super SessionTask<R>> actual;

	private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);

	private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();

	private final OpenPermit permit;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private final Disposable.Composite watches = Disposables.composite();

	private final Disposable.Swap unanswered = Disposables.swap();

	private volatile @Nullable R resource;

	private volatile @Nullable CallTask<?> running;

	SessionTask(LaneEngine engine, @Nullable Object key, Callable<? extends R> open,
			CoreSubscriber<? super SessionTask<R>> actual, @Nullable TimeLimit limit) {
		super(TaskKind.CALL, engine, key, CallContext.capture(actual.currentContext()), limit);
		this.open = open;
		this.actual = actual;
		this.permit = new OpenPermit(engine);
	}

	void start() {
		this.actual.onSubscribe(this);
		this.watches.add(Scope.enter(this.actual.currentContext(), this::end));
		TimeLimit limit = this.limit;
		if (limit != null) {
			this.watches.add(limit.watch(() -> expireOpening(limit)));
		}
	}

	@Override
	public void request(long n) {
		if (!Operators.validate(n) || !firstRequest()) {
			return;
		}
		BridgeException rejection = this.permit.acquire();
		if (rejection != null) {
			reject(rejection);
		}
		else {
			this.engine.submit(this);
		}
	}

	@Override
	public void cancel() {
		this.unanswered.dispose();
		if (this.state.compareAndSet(State.OPENING, State.CLOSED)) {
			cancel(CancelReason.CANCELLED);
		}
	}

	/**
	 * Ends without a signal. A subscriber that waits for the opening learns when his time
	 * is over.
	 */
	private void end() {
		TimeLimit limit = this.limit;
		if (this.state.compareAndSet(State.OPENING, State.CLOSED) && cancel(CancelReason.CANCELLED) && limit != null) {
			this.unanswered.update(limit
				.watch(() -> Schedulers.parallel().schedule(() -> this.actual.onError(limit.error(Phase.RUN)))));
		}
		close();
	}

	private void expireOpening(TimeLimit limit) {
		if (this.state.compareAndSet(State.OPENING, State.CLOSED)) {
			expire(limit);
		}
	}

	@Override
	public <T> Mono<T> call(BlockingFunction<? super R, ? extends @Nullable T> step) {
		return TaskFlux.single((actual) -> new CallTask<T>(TaskKind.CALL, this.engine, null,
				() -> step.apply(resource()), this::submit, actual, this.limit)::start);
	}

	/**
	 * Runs the step on the session's thread, in place if that is the current one.
	 */
	private void submit(CallTask<?> step) {
		if (this.state.get() != State.OPEN) {
			step.reject(closedError());
		}
		else if (isRunByCurrentThread()) {
			run(step, step::runInPlace);
		}
		else if (isFull()) {
			step.reject(new LaneFullException(this.engine.status(), MAX_STEPS + " steps of one session wait",
					"Take one step after another, such as with concatMap"));
		}
		else if (step.enterQueueInPlace()) {
			this.steps.add(step);
			if (this.state.get() != State.OPEN) {
				rejectWaiting();
			}
		}
	}

	private boolean isFull() {
		if (this.steps.size() >= MAX_STEPS) {
			this.steps.removeIf((step) -> step instanceof CallTask<?> call && call.isDropped());
		}
		return this.steps.size() >= MAX_STEPS;
	}

	/**
	 * Ends the session after the running step.
	 * @return completes when the resource is closed, or at once if the running step has
	 * no subscriber any more; the resource is then closed after that step
	 */
	Mono<Void> close() {
		this.state.set(State.CLOSED);
		rejectWaiting();
		CallTask<?> step = this.running;
		return (step != null && step.detached()) ? Mono.empty() : this.closed.asMono();
	}

	@Override
	public @Nullable Void call() throws Exception {
		R resource = this.open.call();
		withoutTimeout();
		try {
			if (this.state.compareAndSet(State.OPENING, State.OPEN)) {
				this.resource = resource;
				this.actual.onNext(this);
				this.actual.onComplete();
				serve();
			}
		}
		finally {
			this.state.set(State.CLOSED);
			this.permit.close(resource);
			rejectWaiting();
		}
		return null;
	}

	private R resource() {
		return Objects.requireNonNull(this.resource);
	}

	private void serve() {
		while (this.state.get() == State.OPEN) {
			try {
				if (this.steps.take() instanceof CallTask<?> step) {
					if (this.state.get() == State.OPEN) {
						run(step, step);
					}
					else {
						reject(step);
					}
				}
			}
			catch (InterruptedException ex) {
				if (detached()) {
					return;
				}
			}
			// The next step must not see an interrupt of the previous one.
			if (!detached()) {
				Thread.interrupted();
			}
		}
	}

	private void run(CallTask<?> step, Runnable run) {
		CallTask<?> outer = this.running;
		this.running = step;
		run.run();
		this.running = outer;
	}

	/**
	 * Answers the steps that wait in a session that is closed. Whoever closes the session
	 * or adds a step to a closed one calls this, so that no step is left.
	 */
	private void rejectWaiting() {
		for (Runnable next = this.steps.poll(); next != null; next = this.steps.poll()) {
			if (next instanceof CallTask<?> step) {
				reject(step);
			}
		}
		// Anything but a step ends the wait for one. Last, because it would have been
		// polled here, too.
		this.steps.add(this);
	}

	private void reject(CallTask<?> step) {
		step.cancel(CancelReason.CLOSED, closedError());
	}

	private LaneClosedException closedError() {
		return new LaneClosedException(this.engine.name(),
				this.engine.isClosed() ? LaneEngine.SHUTDOWN : "the session has ended");
	}

	@Override
	protected void succeeded(@Nullable Void value) {
		ended();
	}

	@Override
	protected void failed(Throwable error) {
		boolean opening = this.state.getAndSet(State.CLOSED) == State.OPENING;
		rejectWaiting();
		ended();
		if (opening || this.resource == null) {
			this.actual.onError(error);
		}
	}

	@Override
	protected void discarded(@Nullable Void value, @Nullable Throwable error) {
		ended();
	}

	@Override
	protected void dropped() {
		ended();
	}

	private void ended() {
		this.permit.release();
		this.watches.dispose();
		this.closed.tryEmitEmpty();
	}

	private enum State {

		OPENING, OPEN, CLOSED

	}

}
