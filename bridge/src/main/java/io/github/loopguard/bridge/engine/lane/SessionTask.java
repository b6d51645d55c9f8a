package io.github.loopguard.bridge.engine.lane;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

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
final class SessionTask<R> extends LaneTask<Void> implements Subscription, LaneSession<R>, CallTask.Place {

	private static final int MAX_STEPS = 256;

	/**
	 * Ends the wait for the next step.
	 */
	private static final Runnable WAKE = () -> {
	};

	private final Callable<? extends R> open;

	private final CoreSubscriber<? super SessionTask<R>> actual;

	private final AtomicBoolean requested = new AtomicBoolean();

	private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);

	private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();

	private final OpenPermit permit;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private volatile @Nullable R resource;

	private volatile @Nullable Thread thread;

	private volatile @Nullable CallTask<?> running;

	SessionTask(LaneEngine engine, @Nullable Object key, Callable<? extends R> open,
			CoreSubscriber<? super SessionTask<R>> actual) {
		super(TaskKind.CALL, engine, key, CallContext.capture(actual.currentContext()));
		this.open = open;
		this.actual = actual;
		this.permit = new OpenPermit(engine);
	}

	void start(@Nullable TimeLimit limit) {
		if (limit != null && limit.passed()) {
			Operators.error(this.actual, limit.error(this.engine.name(), Phase.QUEUE));
			return;
		}
		limit(limit);
		this.actual.onSubscribe(this);
		Disposable scope = Scope.enter(this.actual.currentContext(), this::end);
		Disposable timer = (limit != null) ? limit.watch(() -> expireOpening(limit)) : Disposables.disposed();
		this.closed.asMono().subscribe(null, null, () -> {
			scope.dispose();
			timer.dispose();
		});
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && this.requested.compareAndSet(false, true)) {
			open();
		}
	}

	@Override
	public void cancel() {
		if (this.state.compareAndSet(State.OPENING, State.CLOSED)) {
			cancel(CancelReason.CANCELLED);
		}
	}

	private void end() {
		cancel();
		close();
	}

	private void open() {
		BridgeException rejection = this.permit.acquire();
		if (rejection != null) {
			reject(rejection);
		}
		else {
			this.engine.submit(this);
		}
	}

	private void expireOpening(TimeLimit limit) {
		if (this.state.compareAndSet(State.OPENING, State.CLOSED)) {
			expire(limit);
		}
	}

	@Override
	public <T> Mono<T> call(BlockingFunction<? super R, ? extends @Nullable T> step) {
		return TaskMono.of((actual) -> {
			CallTask<T> task = new CallTask<>(TaskKind.CALL, this.engine, null, () -> step.apply(resource()), this,
					actual);
			return () -> task.start(limit());
		});
	}

	/**
	 * Runs the step on the session's thread, in place if that is the current one.
	 */
	@Override
	public void submit(CallTask<?> step) {
		if (this.state.get() != State.OPEN) {
			step.reject(closedError());
		}
		else if (Thread.currentThread() == this.thread) {
			run(step, step::runInPlace);
		}
		else if (this.steps.size() >= MAX_STEPS) {
			step.reject(LaneFullException.ofSteps(this.engine.status(), MAX_STEPS));
		}
		else if (step.enterQueueInPlace()) {
			this.steps.add(step);
			if (this.state.get() != State.OPEN) {
				rejectWaiting();
			}
		}
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
		this.thread = Thread.currentThread();
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
			close(resource);
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
		// Last, because it would have been polled here, too.
		this.steps.add(WAKE);
	}

	private void reject(CallTask<?> step) {
		step.cancel(CancelReason.CLOSED, closedError());
	}

	private LaneClosedException closedError() {
		String lane = this.engine.name();
		return this.engine.isClosed() ? LaneClosedException.ofBridge(lane) : LaneClosedException.ofSession(lane);
	}

	@Override
	public void dropped(CallTask<?> step) {
		this.steps.remove(step);
	}

	private void close(R resource) {
		this.permit.close(resource);
		rejectWaiting();
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
		this.closed.tryEmitEmpty();
	}

	private enum State {

		OPENING, OPEN, CLOSED

	}

}
