package io.github.loopguard.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Violation;
import io.github.loopguard.daemon.DaemonThread;
import io.github.loopguard.daemon.Failures;

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

	private static final long BETWEEN_REPORTS = TimeUnit.MINUTES.toNanos(1);

	private final Ledger ledger;

	private final Failures failures = new Failures();

	private final DaemonThread thread = new DaemonThread("loopguard", this::run, this.failures);

	private final ListenerDispatcher dispatcher = new ListenerDispatcher();

	private final Announcer announcer;

	private final List<Runnable> parts;

	private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

	/** Threads beside this one, by the work that they do. */
	private final Map<Runnable, DaemonThread> others = new ConcurrentHashMap<>();

	private final Lock looking = new ReentrantLock();

	private volatile boolean started;

	private long reported;

	private long reportedAt;

	/**
	 * Creates the thread without starting it.
	 * @param ledger the ledger whose violations it announces
	 */
	public LedgerThread(Ledger ledger) {
		this.ledger = ledger;
		this.announcer = new Announcer(ledger, logger, new LogLimiter(), this.dispatcher, this.failures);
		this.parts = List.of(this::report, this.announcer::summarize, this.announcer::announce, this.ledger::evict,
				this.dispatcher::watch, () -> this.others.values().forEach(DaemonThread::ensureRunning));
	}

	/**
	 * Starts the thread, also after something has ended it.
	 */
	public void start() {
		this.started = true;
		this.thread.ensureRunning();
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
	 * Adds work that asks code of others, which may hang: it is done several times a
	 * second on a thread of its own.
	 * @param name name of the thread
	 * @param task the work
	 */
	public void addTask(String name, Runnable task) {
		Failures own = new Failures();
		DaemonThread other = new DaemonThread(name, () -> {
			Thread.sleep(PERIOD);
			if (this.started) {
				this.thread.ensureRunning();
			}
			task.run();
			own.recovered();
		}, own);
		this.others.put(task, other);
		other.ensureRunning();
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
		DaemonThread other = this.others.remove(task);
		if (other != null) {
			other.end();
		}
	}

	/**
	 * Keeps violations out of the log that are reported in another way. Listeners are
	 * notified all the same.
	 * @param violations matches these violations
	 */
	public void keepOutOfLog(Predicate<Violation> violations) {
		this.announcer.keepOutOfLog(violations);
	}

	/**
	 * Hands over every violation that is announced, before the log and the listeners,
	 * which may hang.
	 * @param recorder takes violations over; must not wait for anything
	 */
	public void recordTo(Consumer<Violation> recorder) {
		this.announcer.recordTo(recorder);
	}

	/**
	 * Returns how many violations were not logged because too many came in a minute.
	 * @return the number since the start
	 */
	public long unlogged() {
		return this.announcer.unlogged();
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
		this.announcer.hurry(true);
		try {
			if (this.started) {
				poll();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.announcer.hurry(false);
		}
	}

	/**
	 * Returns why not all work is done at the moment.
	 * @return what went wrong last, or {@code null} if nothing does any more
	 */
	public @Nullable Throwable failure() {
		return Stream
			.concat(Stream.of(this.failures.last(), this.dispatcher.failure()),
					this.others.values().stream().map(DaemonThread::failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private void run() throws InterruptedException {
		Thread.sleep(PERIOD);
		poll();
	}

	private void poll() throws InterruptedException {
		if (!this.looking.tryLock(1, TimeUnit.SECONDS)) {
			return;
		}
		try {
			look();
		}
		finally {
			this.looking.unlock();
		}
	}

	/**
	 * Does each part of the work, whatever another one throws.
	 */
	void look() {
		long before = this.failures.count();
		this.parts.forEach(this.failures::attempt);
		this.tasks.forEach(this.failures::attempt);
		if (this.failures.count() == before) {
			this.failures.recovered();
		}
	}

	private void report() {
		Throwable last = this.failures.last();
		long now = System.nanoTime();
		if (last != null && (this.reported == 0 || now - this.reportedAt > BETWEEN_REPORTS)) {
			long since = this.failures.count() - this.reported;
			this.reported += since;
			this.reportedAt = now;
			logger.error("Loopguard could not do all of its work, {} times so far; violations are kept, and it tries "
					+ "again", since, last);
		}
	}

}
