package io.github.loopguard.ledger;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.slf4j.Logger;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;
import io.github.loopguard.daemon.Failures;

/**
 * Tells of each violation once: the log and the listeners. What could not be told is told
 * later. Called by one thread at a time.
 */
final class Announcer {

	private static final long BEFORE_RETRY = TimeUnit.SECONDS.toNanos(1);

	private final Ledger ledger;

	private final Logger logger;

	private final ListenerDispatcher dispatcher;

	private final Failures failures;

	private final LogLimiter limiter;

	private final LongAdder unlogged = new LongAdder();

	private volatile Predicate<Violation> keptOutOfLog = (violation) -> false;

	private volatile Consumer<Violation> recorder = (violation) -> {
	};

	private volatile boolean hurried;

	/** Whether the logger threw when it was last asked, and when that was. */
	private boolean logFails;

	private long logFailedAt;

	Announcer(Ledger ledger, Logger logger, LogLimiter limiter, ListenerDispatcher dispatcher, Failures failures) {
		this.ledger = ledger;
		this.logger = logger;
		this.limiter = limiter;
		this.dispatcher = dispatcher;
		this.failures = failures;
	}

	void keepOutOfLog(Predicate<Violation> violations) {
		this.keptOutOfLog = violations;
	}

	void recordTo(Consumer<Violation> recorder) {
		this.recorder = recorder;
	}

	long unlogged() {
		return this.unlogged.sum();
	}

	/**
	 * Tells what is new. A violation that cannot be told keeps no other from being told.
	 */
	void announce() {
		LedgerSettings settings = this.ledger.settings();
		for (ViolationEntry entry : this.ledger.entries()) {
			this.failures.attempt(() -> {
				if (!entry.isSettled()) {
					entry.settle(Libraries.of(entry.finding().offenderClass()));
				}
				if (!entry.announcement().isComplete() && entry.isRipe(settings.patience()) && !isHeldBack(entry)) {
					announce(entry);
				}
				tellTimeouts(entry);
			});
		}
	}

	/**
	 * Tells at the next look also what would be complete a moment later.
	 */
	void hurry(boolean hurried) {
		this.hurried = hurried;
	}

	private boolean isHeldBack(ViolationEntry entry) {
		return !this.hurried && entry.waited().areCounting();
	}

	/**
	 * Says how many violations were not logged, once in a while.
	 */
	void summarize() {
		int limit = this.ledger.settings().logLinesPerMinute();
		long suppressed = this.limiter.suppressed(System.nanoTime(), limit);
		if (suppressed > 0) {
			this.logger.warn(
					"{} more blocking violations were not logged (limit: loopguard.log.lines-per-minute={}); {}",
					suppressed, limit, this.ledger.links().summary());
			this.limiter.said();
		}
	}

	private void announce(ViolationEntry entry) {
		entry.raise();
		Announcement known = entry.announcement();
		this.ledger.told(entry).ifPresent(known::include);
		if (!known.isComplete()) {
			Violation violation = this.ledger.snapshot(entry);
			this.failures.attempt(() -> record(violation, known));
			this.failures.attempt(() -> dispatch(violation, known));
			this.failures.attempt(() -> log(violation, entry));
		}
	}

	private void record(Violation violation, Announcement known) {
		if (!known.isDispatched()) {
			this.recorder.accept(violation);
		}
	}

	private void dispatch(Violation violation, Announcement known) {
		if (!known.isDispatched()) {
			this.dispatcher.dispatch(violation);
			known.dispatched();
		}
	}

	/**
	 * Logs a violation that belongs in the log. One that could not be logged is tried
	 * again, within the limit because some appenders may have written it.
	 */
	private void log(Violation violation, ViolationEntry entry) {
		Announcement known = entry.announcement();
		if (known.isLogged() || !isToLog(violation)) {
			known.logged();
			return;
		}
		long now = System.nanoTime();
		if (isLogBroken(now)) {
			return;
		}
		if (this.limiter.tryPass(now, this.ledger.settings().logLinesPerMinute())) {
			write(ViolationText.of(violation, this.ledger.links()), now);
			known.logged();
			entry.waited().told(violation.waited().timeouts());
		}
		else if (!this.logFails) {
			this.limiter.suppress(now);
			this.unlogged.increment();
			known.logged();
		}
	}

	/**
	 * Logs client calls that have timed out since their violation was logged, all at once
	 * where there are too many lines.
	 */
	private void tellTimeouts(ViolationEntry entry) {
		Map<String, Long> timeouts = entry.waited().untold();
		if (timeouts.isEmpty() || !entry.announcement().isComplete()) {
			return;
		}
		Violation violation = this.ledger.snapshot(entry);
		long now = System.nanoTime();
		if (!isToLog(violation)) {
			entry.waited().told(timeouts);
		}
		else if (!isLogBroken(now) && this.limiter.tryPass(now, this.ledger.settings().logLinesPerMinute())) {
			write(WaitedText.ofTimeouts(violation, timeouts, this.ledger.links()), now);
			entry.waited().told(timeouts);
		}
	}

	private boolean isToLog(Violation violation) {
		return violation.action().compareTo(Action.LOG) >= 0 && !this.keptOutOfLog.test(violation);
	}

	private boolean isLogBroken(long now) {
		return this.logFails && now - this.logFailedAt < BEFORE_RETRY;
	}

	private void write(String text, long now) {
		this.logFails = true;
		this.logFailedAt = now;
		this.logger.warn("{}", text);
		this.logFails = false;
	}

}
