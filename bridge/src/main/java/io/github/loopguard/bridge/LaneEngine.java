package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Leads tasks through a lane: in place, or by their turn to a thread. A subclass says
 * what threads those are. No method that a caller's thread enters ever waits.
 */
abstract class LaneEngine {

	private final LaneSpec limits;

	private final LaneAdmission use;

	private final KeyedOrder order = new KeyedOrder();

	private final Set<LaneTask<?>> live = ConcurrentHashMap.newKeySet();

	private final LaneWatch watch;

	private volatile boolean closed;

	private volatile boolean over;

	private volatile @Nullable CallDecorator decorator;

	LaneEngine(LaneSpec limits, LaneKind kind) {
		this.limits = limits;
		this.use = new LaneAdmission(limits, kind);
		this.watch = LaneWatch.of(limits.queueTimeout(), limits.runTimeout(), this.live);
	}

	/**
	 * Hands the task to a thread, now or when one is free.
	 * @throws RuntimeException if there is no thread and never will be
	 */
	abstract void dispatch(LaneTask<?> task);

	/**
	 * Learns that a task that was dispatched will not need its thread.
	 */
	abstract void withdrawn(LaneTask<?> task);

	/**
	 * Lets the lane's own threads end when they have nothing to do any more.
	 */
	abstract void release();

	final String name() {
		return this.limits.name();
	}

	final OnCancel onCancel() {
		return this.limits.onCancel();
	}

	final @Nullable CallDecorator decorator() {
		return this.decorator;
	}

	final void decorate(@Nullable CallDecorator decorator) {
		this.decorator = decorator;
	}

	/**
	 * Runs the task, rejects it, or keeps it until a thread is free.
	 */
	final void submit(LaneTask<?> task) {
		CurrentCall here = CurrentCall.in(this);
		if (here != null && here.emitting && !this.closed && this.use.admitBeside()) {
			accept(task);
		}
		else if (here != null && mayRunInPlace(task)) {
			task.runInPlace();
		}
		else {
			BridgeException refusal = this.use.admit(this.closed);
			if (refusal != null) {
				task.refuse(refusal);
			}
			else {
				accept(task);
			}
		}
	}

	/**
	 * Runs or keeps the task even if the lane is full or closed: it continues what was
	 * admitted before.
	 */
	final void submitReserved(LaneTask<?> task) {
		CurrentCall here = CurrentCall.in(this);
		if (here != null && here.emitting && this.use.admitBeside()) {
			accept(task);
		}
		else if (here != null && mayRunInPlace(task)) {
			task.runInPlace();
		}
		else {
			submitNext(task);
		}
	}

	/**
	 * Keeps the task, which continues one that ends on the current thread, until a thread
	 * is free: so others that wait get their turn between the two.
	 */
	final void submitNext(LaneTask<?> task) {
		this.use.admitReserved();
		accept(task);
	}

	private boolean mayRunInPlace(LaneTask<?> task) {
		return task.key == null || CurrentCall.holds(this, task.key) || this.order.enterIfFree(task);
	}

	private void accept(LaneTask<?> task) {
		this.live.add(task);
		if (!task.enterQueue()) {
			dropped(task, CancelReason.CANCELLED, false);
		}
		else if (task.key == null || this.order.enter(task)) {
			start(task);
		}
		this.watch.wake();
	}

	private void start(LaneTask<?> task) {
		if (this.over && task.waitLimited()) {
			task.expel(CancelReason.CLOSED, new LaneClosedException(name()));
			return;
		}
		try {
			dispatch(task);
		}
		catch (RuntimeException | Error ex) {
			BridgeException reason = (ex instanceof BridgeException bridgeException) ? bridgeException
					: new LaneUnavailableException(name(), ex);
			if (task.leave(CancelReason.REJECTED)) {
				task.failed(reason);
			}
		}
	}

	final void started(LaneTask<?> task, long waited, boolean inPlace) {
		if (inPlace) {
			this.use.startedInPlace();
			this.live.add(task);
			this.watch.wake();
		}
		else {
			this.use.started(waited);
		}
	}

	final void ended(LaneTask<?> task, long ran, boolean inPlace, boolean wanted, @Nullable Throwable error) {
		if (!inPlace) {
			this.use.ended(ran);
		}
		this.use.outcome(wanted, error);
		this.live.remove(task);
		next(task);
	}

	final void left(boolean inPlace) {
		if (!inPlace) {
			this.use.left();
		}
	}

	final void dropped(LaneTask<?> task, CancelReason why, boolean inPlace) {
		if (inPlace) {
			this.use.droppedInPlace(why);
		}
		else {
			this.use.dropped(why);
			this.live.remove(task);
			withdrawn(task);
		}
		next(task);
	}

	final void orphaned(CancelReason why, boolean abandoned) {
		this.use.orphaned(why, abandoned);
	}

	private void next(LaneTask<?> task) {
		if (task.key != null) {
			LaneTask<?> next = this.order.leave(task);
			if (next != null) {
				start(next);
			}
		}
	}

	/**
	 * Takes the place of a stream or a session, which it keeps until {@link #closeOne()}.
	 * @return why there is none, or {@code null}
	 */
	final @Nullable BridgeException openOne() {
		return this.use.open(this.closed);
	}

	final void closeOne() {
		this.use.close();
	}

	/**
	 * Tells a subscriber something on a thread that is not the watch's.
	 */
	final void tell(Runnable message) {
		try {
			Schedulers.parallel().schedule(message);
		}
		catch (RuntimeException ex) {
			message.run();
		}
	}

	/**
	 * Accepts nothing more, lets what is in flight end, and ends it by force when the
	 * time is over.
	 */
	final Mono<Void> close(Duration grace) {
		return Mono.defer(() -> {
			this.closed = true;
			return Flux.interval(Duration.ZERO, Duration.ofMillis(5), Schedulers.parallel())
				.onBackpressureDrop()
				.filter((tick) -> this.live.isEmpty())
				.next()
				.timeout(grace, Mono.empty(), Schedulers.parallel())
				.doFinally((signal) -> closeNow())
				.then();
		});
	}

	final void closeNow() {
		this.closed = true;
		this.over = true;
		// Those that wait go first, or one would get the thread of another that is
		// interrupted.
		for (LaneTask<?> task : this.live) {
			if (task.waiting()) {
				task.expel(CancelReason.CLOSED, new LaneClosedException(name()));
			}
		}
		for (LaneTask<?> task : this.live) {
			task.expel(CancelReason.CLOSED, new LaneClosedException(name()));
			task.hurry();
		}
		this.watch.close();
		release();
	}

	final LaneStatus status() {
		return this.use.status(oldestQueued());
	}

	private @Nullable Duration oldestQueued() {
		if (this.use.queued() == 0) {
			return null;
		}
		long now = System.nanoTime();
		return this.live.stream()
			.filter(LaneTask::waiting)
			.map((task) -> Math.max(0, task.waitingFor(now)))
			.max(Long::compare)
			.map(Duration::ofNanos)
			.orElse(null);
	}

}
