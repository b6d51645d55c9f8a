package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

	private static final long LONGEST_BEFORE_RETRY = 60_000;

	private final List<BlockingViolationListener> listeners = new CopyOnWriteArrayList<>();

	private final BlockingQueue<Violation> pending = new ArrayBlockingQueue<>(1_024);

	private final LongAdder dropped = new LongAdder();

	private volatile @Nullable Call call;

	private volatile @Nullable Hanging hanging;

	private final Failures failures = new Failures();

	private final DaemonThread thread = new DaemonThread("loopguard-listeners", this::tell, this.failures);

	/** The violation that is told, until all listeners know it. */
	private @Nullable Violation current;

	/** The last failure of a listener, until the log has it. */
	private @Nullable Failed unlogged;

	private long beforeRetry = BEFORE_RETRY;

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
		Violation violation = next();
		long before = this.failures.count();
		if (violation != null) {
			for (BlockingViolationListener listener : this.listeners) {
				tell(listener, violation);
			}
			this.current = null;
		}
		else if (this.unlogged != null) {
			log(this.unlogged);
		}
		if (this.failures.count() == before && this.unlogged == null) {
			this.failures.recovered();
		}
	}

	/**
	 * Waits for the next violation, or until it is time to log again what could not be
	 * logged.
	 */
	private @Nullable Violation next() throws InterruptedException {
		if (this.current != null) {
			Thread.sleep(BEFORE_RETRY);
		}
		else {
			this.current = (this.unlogged != null) ? this.pending.poll(this.beforeRetry, TimeUnit.MILLISECONDS)
					: this.pending.take();
		}
		return this.current;
	}

	private void tell(BlockingViolationListener listener, Violation violation) {
		try {
			this.call = new Call(listener, System.nanoTime());
			listener.onViolation(violation);
		}
		catch (Throwable ex) {
			Failed unlogged = this.unlogged;
			log(new Failed(listener.getClass().getName(), violation.id(), ex,
					(unlogged != null) ? unlogged.others() + 1 : 0));
		}
		finally {
			this.call = null;
		}
	}

	/**
	 * Logs a failure, and waits longer and longer if the logger fails, too: it may have
	 * written the line all the same.
	 */
	private void log(Failed failed) {
		try {
			logger.warn("Listener {} failed for violation {}; the violation is kept{}", failed.listener(),
					failed.violation(),
					(failed.others() > 0) ? "; failures before it that could not be logged: " + failed.others() : "",
					failed.thrown());
			this.unlogged = null;
			this.beforeRetry = BEFORE_RETRY;
		}
		catch (Throwable ex) {
			this.failures.add(ex);
			this.beforeRetry = (this.unlogged != null) ? Math.min(2 * this.beforeRetry, LONGEST_BEFORE_RETRY)
					: BEFORE_RETRY;
			this.unlogged = failed;
		}
	}

	private record Call(BlockingViolationListener listener, long since) {
	}

	private record Failed(String listener, String violation, Throwable thrown, int others) {
	}

	private record Hanging(Call call, Throwable problem) {
	}

}
