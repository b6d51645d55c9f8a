package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Admits work to a lane, counts it and watches its time. A subclass says what the work
 * runs on. No method that a caller's thread enters ever waits.
 */
abstract class LaneEngine {

	private final LaneSpec limits;

	private final LaneKind kind;

	private final LaneCounters counters = new LaneCounters();

	private final LanePlaces places;

	private final KeyedOrder order = new KeyedOrder();

	private final Set<LaneTask<?>> live = ConcurrentHashMap.newKeySet();

	private final LaneWatch watch;

	private volatile boolean closed;

	private volatile boolean over;

	private volatile @Nullable CallDecorator decorator;

	LaneEngine(LaneSpec limits, LaneKind kind) {
		this.limits = limits;
		this.kind = kind;
		this.places = new LanePlaces(limits);
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
		LanePosition here = LanePosition.in(this);
		boolean placed = false;
		if (here != null) {
			placed = here.emitting && !this.closed && this.places.takeFreeThread();
			if (!placed && mayRunInPlace(task)) {
				task.runInPlace();
				return;
			}
		}
		this.counters.submitted.increment();
		if (placed || mayTakePlace(task)) {
			accept(task);
		}
	}

	/**
	 * Runs or keeps the task even if the lane is full or closed: it continues what was
	 * admitted before.
	 */
	final void submitReserved(LaneTask<?> task) {
		LanePosition here = LanePosition.in(this);
		if (here != null && !(here.emitting && this.places.takeFreeThread())) {
			if (mayRunInPlace(task)) {
				task.runInPlace();
				return;
			}
			this.places.takeReserved();
		}
		else if (here == null) {
			this.places.takeReserved();
		}
		this.counters.submitted.increment();
		accept(task);
	}

	/**
	 * Keeps the task, which continues one that ends on the current thread, until a thread
	 * is free: so others that wait get their turn between the two.
	 */
	final void submitNext(LaneTask<?> task) {
		this.places.takeReserved();
		this.counters.submitted.increment();
		accept(task);
	}

	private boolean mayRunInPlace(LaneTask<?> task) {
		return task.key == null || LanePosition.holds(this, task.key) || this.order.enterIfFree(task);
	}

	private boolean mayTakePlace(LaneTask<?> task) {
		if (this.closed) {
			this.counters.rejected.increment();
			task.refuse(new LaneClosedException(name()));
			return false;
		}
		if (!this.places.take()) {
			this.counters.rejected.increment();
			task.refuse(new LaneFullException(status(),
					this.limits.threads() + " calls run and " + this.limits.queueCapacity() + " wait"));
			return false;
		}
		return true;
	}

	private void accept(LaneTask<?> task) {
		this.live.add(task);
		if (!task.enterQueue()) {
			dropped(task, Departure.CANCELLED, false);
		}
		else if (task.key == null || this.order.enter(task)) {
			start(task);
		}
		this.watch.wake();
	}

	private void start(LaneTask<?> task) {
		if (this.over && task.waitLimited()) {
			task.expel(Departure.CLOSED, new LaneClosedException(name()));
			return;
		}
		try {
			dispatch(task);
		}
		catch (RuntimeException | Error ex) {
			BridgeException reason = (ex instanceof BridgeException bridgeException) ? bridgeException
					: new LaneUnavailableException(name(), ex);
			if (task.leave(Departure.REJECTED)) {
				task.failed(reason);
			}
		}
	}

	final void started(LaneTask<?> task, long waited, boolean inPlace) {
		if (inPlace) {
			this.counters.inPlace.increment();
			this.live.add(task);
			this.watch.wake();
			return;
		}
		this.places.start();
		this.counters.queueTime.add(waited);
	}

	final void ended(LaneTask<?> task, long ran, boolean inPlace, boolean wanted, @Nullable Throwable error) {
		if (!inPlace) {
			this.counters.runTime.add(ran);
			this.places.startEmitting();
		}
		if (!wanted) {
			this.counters.lingering.decrementAndGet();
		}
		else {
			((error != null) ? this.counters.failed : this.counters.completed).increment();
		}
		this.live.remove(task);
		next(task);
	}

	final void left(boolean inPlace) {
		if (!inPlace) {
			this.places.stopEmitting();
		}
	}

	final void dropped(LaneTask<?> task, Departure why, boolean guest) {
		count(why);
		if (guest) {
			// It would have counted as run in place.
			this.counters.submitted.increment();
			next(task);
			return;
		}
		this.places.giveBack();
		this.live.remove(task);
		withdrawn(task);
		next(task);
	}

	final void orphaned(Departure why, boolean abandoned) {
		this.counters.lingering.incrementAndGet();
		count(why);
		if (abandoned) {
			this.counters.abandoned.increment();
		}
	}

	private void count(Departure why) {
		switch (why) {
			case QUEUE_TIMEOUT, RUN_TIMEOUT -> this.counters.timedOut.increment();
			case REJECTED -> this.counters.rejected.increment();
			case CANCELLED, CLOSED -> this.counters.cancelled.increment();
		}
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
		if (this.closed) {
			return refused(new LaneClosedException(name()));
		}
		if (!this.places.open()) {
			return refused(new LaneFullException(status(), this.limits.maxOpen() + " streams and sessions are open"));
		}
		return null;
	}

	private BridgeException refused(BridgeException reason) {
		this.counters.submitted.increment();
		this.counters.rejected.increment();
		return reason;
	}

	final void closeOne() {
		this.places.close();
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

	final boolean closed() {
		return this.closed;
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
				task.expel(Departure.CLOSED, new LaneClosedException(name()));
			}
		}
		for (LaneTask<?> task : this.live) {
			task.expel(Departure.CLOSED, new LaneClosedException(name()));
			task.hurry();
		}
		this.watch.close();
		release();
	}

	final LaneStatus status() {
		return this.counters.status(this.limits, this.kind, this.places, oldestQueued());
	}

	private @Nullable Duration oldestQueued() {
		if (this.places.queued() == 0) {
			return null;
		}
		long now = System.nanoTime();
		long oldest = -1;
		for (LaneTask<?> task : this.live) {
			if (task.waiting()) {
				oldest = Math.max(oldest, now - task.queuedAt());
			}
		}
		return (oldest < 0) ? null : Duration.ofNanos(oldest);
	}

}
