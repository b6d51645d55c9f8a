package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneUnavailableException;
import io.github.loopguard.bridge.OnCancel;

/**
 * Runs the tasks of a lane: in place, or in the order of their keys on a thread. A
 * subclass provides the threads. No method waits.
 */
public abstract class LaneEngine {

	private final LaneSpec limits;

	private final LaneAdmission admission;

	private final KeyedOrder order = new KeyedOrder(this::start);

	private final Set<LaneTask<?>> tasks = ConcurrentHashMap.newKeySet();

	private final LaneTimeouts timeouts;

	private volatile boolean closed;

	private volatile boolean terminated;

	LaneEngine(LaneSpec limits, LaneKind kind) {
		this.limits = limits;
		this.admission = new LaneAdmission(limits, kind);
		this.timeouts = new LaneTimeouts(limits, this.tasks);
		this.timeouts.open();
	}

	/**
	 * Runs the task on a thread, now or when one is free.
	 * @throws RuntimeException if there is no thread and none can start
	 */
	abstract void dispatch(LaneTask<?> task);

	/**
	 * Handles the cancellation of a task in the queue.
	 */
	abstract void cancelled(LaneTask<?> task);

	/**
	 * Ends the lane's own threads as soon as they are idle.
	 */
	abstract void shutDownThreads();

	abstract void restartThreads();

	public final String name() {
		return this.limits.name();
	}

	final OnCancel onCancel() {
		return this.limits.onCancel();
	}

	/**
	 * Runs the task, queues it, or rejects it.
	 */
	public final void submit(LaneTask<?> task) {
		if (acceptOnLaneThread(task, this.closed)) {
			return;
		}
		BridgeException rejection = this.admission.admit(this.closed);
		if (rejection != null) {
			task.reject(rejection);
		}
		else {
			accept(task);
		}
	}

	/**
	 * Runs or queues the task even if the lane is full or closed: it continues an
	 * admitted one.
	 */
	public final void submitReserved(LaneTask<?> task) {
		if (!acceptOnLaneThread(task, false)) {
			submitNext(task);
		}
	}

	/**
	 * Handles a task that a thread of this lane submits: queues it if another thread is
	 * free, or runs it in place.
	 */
	private boolean acceptOnLaneThread(LaneTask<?> task, boolean closed) {
		CurrentCall current = CurrentCall.in(this);
		if (current == null) {
			return false;
		}
		if (current.emitting && !closed && this.admission.admitIfThreadFree()) {
			accept(task);
			return true;
		}
		if (task.key == null || CurrentCall.holds(this, task.key) || this.order.enterIfFree(task)) {
			task.runInPlace();
			return true;
		}
		return false;
	}

	/**
	 * Queues the task, which continues one that ends on the current thread, so that tasks
	 * already in the queue run between the two.
	 */
	public final void submitNext(LaneTask<?> task) {
		this.admission.admitReserved();
		accept(task);
	}

	private void accept(LaneTask<?> task) {
		this.tasks.add(task);
		if (!task.enterQueue()) {
			dropped(task, CancelReason.CANCELLED, false);
		}
		else if (task.key == null) {
			start(task);
		}
		else {
			if (this.order.enter(task)) {
				start(task);
			}
			if (task.isDropped()) {
				// Cancelled before it entered the order, where its cancel did not find
				// it.
				startNext(task);
			}
		}
		this.timeouts.activate();
	}

	private void start(LaneTask<?> task) {
		if (this.terminated && !task.survivesClose()) {
			task.cancel(CancelReason.CLOSED, new LaneClosedException(name()));
			return;
		}
		try {
			dispatch(task);
		}
		catch (RuntimeException | Error ex) {
			BridgeException reason = (ex instanceof BridgeException bridgeException) ? bridgeException
					: new LaneUnavailableException(name(), ex);
			if (task.cancel(CancelReason.REJECTED)) {
				task.failed(reason);
			}
		}
	}

	final void started(LaneTask<?> task, long waited, boolean inPlace) {
		if (inPlace) {
			this.admission.startedInPlace();
			this.tasks.add(task);
			this.timeouts.activate();
		}
		else {
			this.admission.started(waited);
		}
	}

	final void ended(LaneTask<?> task, long ran, boolean inPlace, boolean delivered, @Nullable Throwable error) {
		if (!inPlace) {
			this.admission.ended(ran);
		}
		this.admission.outcome(delivered, error);
		this.tasks.remove(task);
		startNext(task);
	}

	final void emitted(boolean inPlace) {
		if (!inPlace) {
			this.admission.emitted();
		}
	}

	final void dropped(LaneTask<?> task, CancelReason reason, boolean inPlace) {
		if (inPlace) {
			this.admission.droppedInPlace(reason);
		}
		else {
			this.admission.dropped(reason);
			this.tasks.remove(task);
			cancelled(task);
		}
		startNext(task);
	}

	final void detached(CancelReason reason, boolean abandoned) {
		this.admission.detached(reason, abandoned);
	}

	private void startNext(LaneTask<?> task) {
		if (task.key != null) {
			this.order.leave(task);
		}
	}

	/**
	 * Admits a stream or a session, until {@link #releaseOpen()}.
	 * @return why it is rejected, {@code null} if it is admitted
	 */
	final @Nullable BridgeException admitOpen() {
		return this.admission.admitOpen(this.closed);
	}

	final void releaseOpen() {
		this.admission.releaseOpen();
	}

	/**
	 * Accepts no more tasks, and cancels those that remain after the time is over.
	 */
	public final Mono<Void> close(Duration grace) {
		return Mono.defer(() -> {
			this.closed = true;
			return Flux.interval(Duration.ZERO, Duration.ofMillis(5), Schedulers.parallel())
				.onBackpressureDrop()
				.filter((tick) -> this.tasks.isEmpty())
				.next()
				.timeout(grace, Mono.empty(), Schedulers.parallel())
				.doOnCancel(this::closeNow)
				.then(Mono.fromRunnable(this::closeNow));
		});
	}

	/**
	 * Accepts no more tasks, and cancels those there are.
	 */
	public final void closeNow() {
		this.closed = true;
		this.terminated = true;
		// Queued tasks first, so that none starts on the thread of an interrupted one.
		for (LaneTask<?> task : this.tasks) {
			if (task.waiting()) {
				end(task);
			}
		}
		for (LaneTask<?> task : this.tasks) {
			end(task);
			task.interruptDetached();
		}
		this.timeouts.close();
		shutDownThreads();
	}

	/**
	 * Accepts tasks again.
	 */
	public final void reopen() {
		if (this.closed) {
			restartThreads();
			this.timeouts.open();
			this.terminated = false;
			this.closed = false;
		}
	}

	private void end(LaneTask<?> task) {
		if (!task.survivesClose()) {
			task.cancel(CancelReason.CLOSED, new LaneClosedException(name()));
		}
	}

	public final LaneStatus status() {
		return this.admission.status(oldestQueued());
	}

	private @Nullable Duration oldestQueued() {
		if (this.admission.queued() == 0) {
			return null;
		}
		long now = System.nanoTime();
		return this.tasks.stream()
			.filter(LaneTask::waiting)
			.map((task) -> Math.max(0, task.waitingFor(now)))
			.max(Long::compare)
			.map(Duration::ofNanos)
			.orElse(null);
	}

}
