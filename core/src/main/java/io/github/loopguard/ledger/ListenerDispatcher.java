package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Violation;
import io.github.loopguard.daemon.DaemonThread;
import io.github.loopguard.daemon.Failures;

/**
 * Notifies listeners of new violations on a thread of its own, so that a listener that
 * throws or hangs delays only other listeners.
 */
final class ListenerDispatcher {

	private static final Logger logger = LoggerFactory.getLogger(BlockingViolationListener.class);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final long BEFORE_RETRY = 200;

	private final List<BlockingViolationListener> listeners = new CopyOnWriteArrayList<>();

	private final BlockingQueue<Violation> pending = new ArrayBlockingQueue<>(1_024);

	private final LongAdder dropped = new LongAdder();

	private volatile @Nullable Call call;

	private volatile @Nullable Hanging hanging;

	private final Failures failures = new Failures();

	private final DaemonThread thread = new DaemonThread("loopguard-listeners", this::tell, this.failures);

	/** The violation that is told, until all listeners know it. */
	private @Nullable Violation current;

	void add(BlockingViolationListener listener) {
		this.listeners.add(listener);
	}

	void remove(BlockingViolationListener listener) {
		this.listeners.remove(listener);
	}

	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Returns what keeps listeners from being notified, or {@code null} if nothing does.
	 */
	@Nullable Throwable failure() {
		Hanging hanging = this.hanging;
		return (hanging != null && hanging.call == this.call) ? hanging.problem : this.failures.last();
	}

	/**
	 * Takes a violation over. Called by the ledger's thread only.
	 */
	void dispatch(Violation violation) {
		if (this.listeners.isEmpty()) {
			return;
		}
		this.thread.ensureRunning();
		if (!this.pending.offer(violation)) {
			this.dropped.increment();
		}
	}

	/**
	 * Reports a listener that hangs, once per call. Called by the ledger's thread only.
	 */
	void watch() {
		if (!this.pending.isEmpty()) {
			this.thread.ensureRunning();
		}
		Call current = this.call;
		Hanging known = this.hanging;
		if (current != null && (known == null || known.call != current)
				&& System.nanoTime() - current.since > PATIENCE.toNanos()) {
			this.hanging = new Hanging(current, new TimeoutException("listener " + current.listener.getClass().getName()
					+ " not returning for " + PATIENCE.toSeconds() + " s"));
			logger.warn(
					"Listener {} has not returned for {} s. Other listeners wait for it; the ledger, the log and "
							+ "the endpoint lose nothing, but up to {} notifications wait and more are dropped. "
							+ "Hand long work over to a thread of the listener's own.",
					current.listener.getClass().getName(), PATIENCE.toSeconds(),
					this.pending.size() + this.pending.remainingCapacity());
		}
	}

	private void tell() throws InterruptedException {
		Violation violation = this.current;
		if (violation == null) {
			violation = this.pending.take();
			this.current = violation;
		}
		else {
			Thread.sleep(BEFORE_RETRY);
		}
		long before = this.failures.count();
		for (BlockingViolationListener listener : this.listeners) {
			tell(listener, violation);
		}
		this.current = null;
		if (this.failures.count() == before) {
			this.failures.recovered();
		}
	}

	private void tell(BlockingViolationListener listener, Violation violation) {
		try {
			this.call = new Call(listener, System.nanoTime());
			listener.onViolation(violation);
		}
		catch (Throwable ex) {
			this.failures.attempt(() -> logger.warn("Listener {} failed for violation {}; the violation is kept",
					listener.getClass().getName(), violation.id(), ex));
		}
		finally {
			this.call = null;
		}
	}

	private record Call(BlockingViolationListener listener, long since) {
	}

	private record Hanging(Call call, Throwable problem) {
	}

}
