package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneTimer;
import io.github.loopguard.bridge.LaneUnavailableException;

/**
 * Runs the tasks of a lane: in place, or in the order of their keys on a thread. A
 * subclass provides the threads. No method waits.
 */
public abstract class LaneEngine {

	/**
	 * Why a lane is closed unless another reason is known.
	 */
	public static final String SHUTDOWN = "the application is shutting down";

	private static final Logger logger = LoggerFactory.getLogger(LaneEngine.class);

	private final LaneSpec.Limits limits;

	final LaneAdmission admission;

	private final KeyedOrder order = new KeyedOrder(this::start);

	private final Set<LaneTask<?>> tasks = ConcurrentHashMap.newKeySet();

	private final LaneTimeouts timeouts;

	private final ThreadFactory helpers;

	private volatile @Nullable Closing closed;

	private volatile boolean terminated;

	LaneEngine(LaneSpec.Limits limits, LaneKind kind) {
		this.limits = limits;
		LaneProblems problems = new LaneProblems();
		this.admission = new LaneAdmission(limits, kind, problems);
		this.timeouts = new LaneTimeouts(limits, this.tasks, problems);
		this.helpers = LaneThreads.factory(limits, "-helper-");
	}

	/**
	 * Runs the task on a thread, now or when one is free.
	 * @return takes the task out of the queue
	 * @throws RuntimeException if there is no thread and none can start
	 */
	abstract Disposable dispatch(LaneTask<?> task);

	/**
	 * Keeps the lane's own threads while they are idle, or ends them then.
	 */
	void keepIdleThreads(boolean keep) {
	}

	public final String name() {
		return this.limits.name();
	}

	public final LaneSpec.Limits limits() {
		return this.limits;
	}

	/**
	 * Runs the task, queues it, or rejects it.
	 */
	public final void submit(LaneTask<?> task) {
		boolean inside = CurrentCall.inside(this, null);
		if (inside && (CurrentCall.inside(this, task.key) || this.order.enterIfFree(task))) {
			task.runInPlace();
			return;
		}
		queue(task);
		if (inside) {
			help(task);
		}
	}

	/**
	 * Queues the task or rejects it. The current thread may be one of the lane's, which
	 * leaves the call that the task continues: tasks already in the queue run between the
	 * two.
	 */
	public final void queue(LaneTask<?> task) {
		if (task.reserved()) {
			this.admission.admitReserved();
			accept(task);
		}
		else if (isClosed()) {
			this.admission.reject();
			task.reject(closedError());
		}
		else if (this.admission.admit()) {
			accept(task);
		}
		else {
			task.reject(full(this.limits.threads() + " calls run and " + this.limits.queueCapacity() + " wait",
					"threads or .queue-capacity, or send less"));
		}
	}

	/**
	 * Runs, if the current thread is inside a task of this engine and so would wait for
	 * it, what waits for a thread of its own: the task on the current thread, or those
	 * before it in its order, which are others', beside it.
	 */
	public final void help(LaneTask<?> task) {
		if (!CurrentCall.inside(this, null)) {
			return;
		}
		task.awaitQueued();
		if (task.key == null || this.order.first(task.key) == task) {
			task.takeOver();
		}
		else if (task.waiting()) {
			try {
				CurrentCall.help(() -> takeOverUntil(task, task.key), this.helpers);
			}
			catch (RuntimeException | Error ex) {
				SafeLog.warn(logger, "No thread could be started for what a call in lane '{}' waits for", name(), ex);
			}
		}
	}

	private void takeOverUntil(LaneTask<?> task, Object key) {
		LaneTask<?> first = this.order.first(key);
		while (first != null && task.waiting() && first.takeOver()) {
			// The next task must not see an interrupt of this one.
			Thread.interrupted();
			first = this.order.first(key);
		}
	}

	private void accept(LaneTask<?> task) {
		this.tasks.add(task);
		if (!task.enterQueue()) {
			dropped(task, CancelReason.CANCELLED);
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
		this.timeouts.activate(task.queuedAt());
	}

	private void start(LaneTask<?> task) {
		if (this.terminated && task.endsWithLane()) {
			task.cancel(CancelReason.CLOSED, closedError());
			return;
		}
		try {
			task.dispatched(dispatch(task));
		}
		catch (RuntimeException | Error ex) {
			if (task.cancel(CancelReason.REJECTED)) {
				task.failed(new LaneUnavailableException(name(), ex));
			}
		}
	}

	final void started(LaneTask<?> task) {
		if (task.inPlace()) {
			this.admission.startedInPlace();
			this.tasks.add(task);
			this.timeouts.activate(task.startedAt());
		}
		else {
			this.admission.started(task.waited(), task.startedAt());
		}
	}

	final void ended(LaneTask<?> task, boolean delivered, @Nullable Throwable error) {
		if (!task.inPlace()) {
			long now = System.nanoTime();
			this.admission.ended(task.runningFor(now), now);
		}
		this.admission.outcome(delivered, error);
		this.tasks.remove(task);
		startNext(task);
	}

	final void dropped(LaneTask<?> task, CancelReason reason) {
		this.admission.dropped(reason, task.inPlace());
		this.tasks.remove(task);
		startNext(task);
	}

	private void startNext(LaneTask<?> task) {
		if (task.key != null) {
			this.order.leave(task);
		}
	}

	/**
	 * Admits a stream or a session.
	 * @return why it is rejected, {@code null} if it is admitted
	 */
	final @Nullable BridgeException admitOpen() {
		if (isClosed()) {
			this.admission.reject();
			return closedError();
		}
		return this.admission.admitOpen() ? null : full(this.limits.maxOpen() + " streams and sessions are open",
				"max-open, or read them to their end or cancel them sooner");
	}

	private LaneFullException full(String what, String remedy) {
		return new LaneFullException(this.admission.status(null), what,
				"Raise loopguard.bridge.lanes." + name() + "." + remedy);
	}

	/**
	 * Accepts no more tasks, and cancels those that remain after the time is over unless
	 * the lane was reopened meanwhile.
	 */
	public final Mono<Void> close(Duration grace, String reason) {
		return Mono.defer(() -> {
			Closing own = new Closing(reason);
			this.closed = own;
			Runnable end = () -> {
				if (this.closed == own) {
					closeNow();
				}
			};
			return Flux.interval(Duration.ZERO, Duration.ofMillis(5), Schedulers.parallel())
				.onBackpressureDrop()
				.filter((tick) -> this.tasks.isEmpty())
				.next()
				.timeout(grace, Mono.empty(), Schedulers.parallel())
				.doOnCancel(end)
				.then(Mono.fromRunnable(end));
		});
	}

	/**
	 * Accepts no more tasks, and cancels those there are.
	 */
	public final void closeNow() {
		if (this.closed == null) {
			this.closed = new Closing(SHUTDOWN);
		}
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
		keepIdleThreads(false);
	}

	public final void reopen() {
		if (this.closed != null) {
			keepIdleThreads(true);
			this.terminated = false;
			this.closed = null;
		}
	}

	private LaneClosedException closedError() {
		Closing closing = this.closed;
		return new LaneClosedException(name(), (closing != null) ? closing.reason : SHUTDOWN);
	}

	public final boolean isClosed() {
		return this.closed != null;
	}

	public final @Nullable LaneTimer timer() {
		return this.admission.timer();
	}

	/**
	 * Passes the times of all tasks from now on to the timer.
	 */
	public final void measure(@Nullable LaneTimer timer) {
		this.admission.measure(timer);
	}

	private void end(LaneTask<?> task) {
		if (task.endsWithLane()) {
			task.cancel(CancelReason.CLOSED, closedError());
		}
	}

	public final LaneStatus status() {
		this.timeouts.revive();
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

	private record Closing(String reason) {
	}

}
