package io.github.loopguard.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

import org.slf4j.Logger;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;

/**
 * Tells of each violation once: the log and the listeners. What could not be told is told
 * later. Called by one thread at a time.
 */
final class Announcer {

	private static final int REMEMBERED = 16_384;

	private final Ledger ledger;

	private final Logger logger;

	private final ListenerDispatcher dispatcher;

	private final Failures failures;

	private final LogLimiter limiter = new LogLimiter();

	private final LongAdder unlogged = new LongAdder();

	private volatile Predicate<Violation> keptOutOfLog = (violation) -> false;

	/** Violations that listeners know, and whether the log has them, too. */
	private final Map<String, Boolean> announced = new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > REMEMBERED;
		}
	};

	Announcer(Ledger ledger, Logger logger, ListenerDispatcher dispatcher, Failures failures) {
		this.ledger = ledger;
		this.logger = logger;
		this.dispatcher = dispatcher;
		this.failures = failures;
	}

	void keepOutOfLog(Predicate<Violation> violations) {
		this.keptOutOfLog = violations;
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
				if (!entry.isAnnounced() && entry.isRipe(settings.patience())) {
					announce(entry);
				}
			});
		}
	}

	/**
	 * Says how many violations were not logged, once in a while.
	 */
	void summarize() {
		int limit = this.ledger.settings().logLinesPerMinute();
		long suppressed = this.limiter.drainSuppressed(System.nanoTime(), limit);
		if (suppressed > 0) {
			this.logger.warn(
					"{} more blocking violations were not logged (limit: loopguard.log.lines-per-minute={}); {}",
					suppressed, limit, this.ledger.links().summary());
		}
	}

	private void announce(ViolationEntry entry) {
		entry.raise();
		Boolean logged = this.announced.get(entry.id());
		if (!Boolean.TRUE.equals(logged)) {
			Violation violation = this.ledger.snapshot(entry);
			if (logged == null) {
				this.dispatcher.dispatch(violation);
				this.announced.put(entry.id(), false);
			}
			log(violation);
			this.announced.put(entry.id(), true);
		}
		entry.announce();
	}

	private void log(Violation violation) {
		if (violation.action().compareTo(Action.LOG) < 0 || this.keptOutOfLog.test(violation)) {
			return;
		}
		if (!this.limiter.tryPass(System.nanoTime(), this.ledger.settings().logLinesPerMinute())) {
			this.unlogged.increment();
			return;
		}
		boolean logged = false;
		try {
			this.logger.warn("{}", ViolationText.of(violation, this.ledger.links()));
			logged = true;
		}
		finally {
			if (!logged) {
				this.limiter.takeBack();
			}
		}
	}

}
