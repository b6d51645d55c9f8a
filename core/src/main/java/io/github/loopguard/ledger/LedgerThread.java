package io.github.loopguard.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.Action;
import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Violation;

/**
 * The daemon thread that announces violations: whatever formats, logs or notifies runs on
 * it, and not on an event loop.
 *
 * @since 0.1
 */
public final class LedgerThread {

	/**
	 * Name of the logger that announces violations.
	 */
	public static final String LOGGER = "io.github.loopguard.Blocking";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private static final long PERIOD = 200;

	private static final int REMEMBERED = 16_384;

	private final Ledger ledger;

	private final ListenerDispatcher dispatcher = new ListenerDispatcher();

	private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

	private final LogLimiter limiter = new LogLimiter();

	private final LongAdder unlogged = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final Lock looking = new ReentrantLock();

	private volatile Predicate<Violation> keptOutOfLog = (violation) -> false;

	private volatile boolean started;

	private final Set<String> announced = Collections.newSetFromMap(new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > REMEMBERED;
		}
	});

	/**
	 * Creates the thread without starting it.
	 * @param ledger the ledger whose violations it announces
	 */
	public LedgerThread(Ledger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Starts the thread.
	 */
	public void start() {
		this.started = true;
		Thread thread = new Thread(this::run, "loopguard");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Adds a listener.
	 * @param listener is notified of every violation announced from now on
	 */
	public void addListener(BlockingViolationListener listener) {
		this.dispatcher.add(listener);
	}

	/**
	 * Removes a listener.
	 * @param listener the listener
	 */
	public void removeListener(BlockingViolationListener listener) {
		this.dispatcher.remove(listener);
	}

	/**
	 * Adds work to be done at every look at the ledger, several times a second.
	 * @param task the work; must be quick
	 */
	public void addTask(Runnable task) {
		this.tasks.add(task);
	}

	/**
	 * Does something once, at the next look at the ledger.
	 * @param task the work; must not take long
	 */
	public void once(Runnable task) {
		this.tasks.add(new Runnable() {
			@Override
			public void run() {
				LedgerThread.this.tasks.remove(this);
				task.run();
			}
		});
	}

	/**
	 * Removes work.
	 * @param task the work
	 */
	public void removeTask(Runnable task) {
		this.tasks.remove(task);
	}

	/**
	 * Keeps violations out of the log that are reported in another way. Listeners are
	 * notified all the same.
	 * @param violations matches these violations
	 */
	public void keepOutOfLog(Predicate<Violation> violations) {
		this.keptOutOfLog = violations;
	}

	/**
	 * Returns how many violations were not logged because too many came in a minute.
	 * @return the number since the start
	 */
	public long unlogged() {
		return this.unlogged.sum();
	}

	/**
	 * Returns how many notifications listeners missed because one of them hangs.
	 * @return the number since the start
	 */
	public long droppedNotifications() {
		return this.dispatcher.dropped();
	}

	/**
	 * Announces now what would be announced at the next look, before a listener is
	 * removed or the JVM ends. Waits for a look that is under way, for a second at most.
	 * Does nothing if the thread was never started.
	 */
	public void flush() {
		try {
			if (this.started) {
				poll();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		while (true) {
			try {
				Thread.sleep(PERIOD);
				poll();
			}
			catch (InterruptedException ex) {
				// A daemon for the life of the JVM: an interrupt does not stop it.
			}
		}
	}

	private void poll() throws InterruptedException {
		if (!this.looking.tryLock(1, TimeUnit.SECONDS)) {
			return;
		}
		try {
			look();
		}
		catch (Throwable ex) {
			this.failures.increment();
			if (this.failures.sum() == 1) {
				logger.error("Loopguard could not announce violations; they are kept and it tries again", ex);
			}
		}
		finally {
			this.looking.unlock();
		}
	}

	void look() {
		LedgerSettings settings = this.ledger.settings();
		long suppressed = this.limiter.drainSuppressed(System.nanoTime(), settings.logLinesPerMinute());
		if (suppressed > 0) {
			logger.warn("{} more blocking violations were not logged (limit: loopguard.log.lines-per-minute={}); {}",
					suppressed, settings.logLinesPerMinute(), this.ledger.links().summary());
		}
		for (ViolationEntry entry : this.ledger.entries()) {
			if (!entry.isSettled()) {
				entry.settle(Libraries.of(entry.finding().offenderClass()));
			}
			if (!entry.isAnnounced() && entry.isRipe(settings.patience())) {
				announce(entry);
			}
		}
		this.ledger.evict();
		this.dispatcher.watch();
		this.tasks.forEach(Runnable::run);
	}

	private void announce(ViolationEntry entry) {
		entry.announce();
		if (!this.announced.add(entry.id())) {
			return;
		}
		Violation violation = this.ledger.snapshot(entry);
		if (violation.action().compareTo(Action.LOG) >= 0 && !this.keptOutOfLog.test(violation)) {
			if (this.limiter.tryPass(System.nanoTime(), this.ledger.settings().logLinesPerMinute())) {
				logger.warn("{}", ViolationText.of(violation, this.ledger.links()));
			}
			else {
				this.unlogged.increment();
			}
		}
		this.dispatcher.dispatch(violation);
	}

}
