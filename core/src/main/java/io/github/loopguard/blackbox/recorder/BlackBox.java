package io.github.loopguard.blackbox.recorder;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.loopguard.Violation;
import io.github.loopguard.blackbox.BlackBoxSettings;
import io.github.loopguard.daemon.DaemonThread;
import io.github.loopguard.daemon.Failures;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.ledger.Ledger;

/**
 * Records how event loops are doing, and answers questions about that, on threads of its
 * own: when all event loops are stuck, nothing that needs one can.
 */
public final class BlackBox {

	private static final Logger logger = LoggerFactory.getLogger(BlackBox.class);

	/**
	 * Its name in the status.
	 */
	public static final String NAME = "black-box";

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long WHILE_OFF = TimeUnit.SECONDS.toNanos(1);

	/** Before its first look: it has time, and the start of an application has none. */
	private static final long BEFORE = TimeUnit.SECONDS.toNanos(1);

	/** An exit while an event loop is stuck for so long is not a clean one. */
	private static final Duration STUCK = Duration.ofSeconds(1);

	private final Failures failures = new Failures();

	private final DaemonThread thread = new DaemonThread("loopguard-black-box", this::step, this.failures);

	private final AnnouncedViolations announced = new AnnouncedViolations();

	private final LoopMonitor monitor;

	private final FileRecorder recorder;

	private final StallPort port;

	private volatile BlackBoxSettings settings = BlackBoxSettings.OFF;

	private final ReentrantLock looking = new ReentrantLock();

	private volatile boolean stuckAtEnd;

	private volatile @Nullable Thread waiting;

	/** The settings at the last look. */
	private BlackBoxSettings looked = BlackBoxSettings.OFF;

	private @Nullable String warned;

	private boolean hooked;

	private volatile boolean exiting;

	/**
	 * Creates a black box that is off.
	 * @param monitor knows how event loops are doing
	 * @param ledger has the violations
	 */
	public BlackBox(LoopMonitor monitor, Ledger ledger) {
		this.monitor = monitor;
		this.recorder = new FileRecorder(monitor, ledger, this.announced);
		this.port = new StallPort(new LoopCondition(monitor));
	}

	/**
	 * Replaces the settings. Returns at once: files and ports are opened and closed by
	 * other threads.
	 * @param settings the settings
	 */
	public synchronized void configure(BlackBoxSettings settings) {
		if (settings.recording() == null) {
			this.stuckAtEnd |= isStuck();
			this.exiting |= this.hooked && isExiting();
		}
		else {
			this.stuckAtEnd &= this.exiting;
			hook();
		}
		boolean off = settings.isOff() && this.settings.isOff();
		this.settings = settings;
		if (!off) {
			this.thread.ensureRunning();
			LockSupport.unpark(this.waiting);
			this.port.configure(settings.port());
		}
	}

	/**
	 * Returns what takes violations over that are announced. It never waits.
	 * @return takes violations over
	 */
	public Consumer<Violation> announced() {
		return (violation) -> {
			if (this.settings.recording() != null) {
				this.announced.accept(violation);
			}
		};
	}

	/**
	 * Returns the status.
	 * @return the status of the black box
	 */
	public DetectorStatus status() {
		BlackBoxSettings settings = this.settings;
		if (settings.isOff()) {
			return new DetectorStatus(NAME, State.OFF, null);
		}
		this.thread.ensureRunning();
		Throwable failure = this.failures.last();
		String problems = Stream.of(this.recorder.problem(), this.port.problem(),
				(failure != null) ? "it failed at its last look, because of " + failure : null,
				(this.monitor.status().state() == State.OFF)
						? "it sees nothing while event loops are not watched; set loopguard.loop-monitor.enabled=true"
						: null)
			.filter((problem) -> problem != null)
			.collect(Collectors.joining("; "));
		return problems.isEmpty() ? new DetectorStatus(NAME, State.ACTIVE, null)
				: new DetectorStatus(NAME, State.DEGRADED, problems);
	}

	/**
	 * Returns the port on which questions are answered.
	 * @return the port, or -1 if there is none
	 */
	public int port() {
		return this.port.number();
	}

	/**
	 * Logs what is wrong, once. To be called by a thread that may wait for the log.
	 */
	public void warn() {
		String reason = status().reason();
		if (reason != null && !reason.equals(this.warned)) {
			logger.warn("The black box does not do all of its work: {}", Violation.printable(reason));
		}
		this.warned = reason;
	}

	private void step() {
		if (this.waiting == null) {
			LockSupport.parkNanos(BEFORE);
		}
		this.waiting = Thread.currentThread();
		if (this.settings == this.looked) {
			LockSupport.parkNanos(this.looked.isOff() ? WHILE_OFF : PERIOD);
		}
		Thread.interrupted();
		this.looking.lock();
		try {
			look();
		}
		finally {
			this.looking.unlock();
		}
		this.failures.recovered();
	}

	private void look() {
		BlackBoxSettings settings = this.settings;
		this.looked = settings;
		if (this.exiting && (this.recorder.file() == null || settings.recording() == null)) {
			return;
		}
		if (settings.recording() == null) {
			this.recorder.close(this.stuckAtEnd);
		}
		try {
			this.recorder.look(settings, System.nanoTime());
		}
		catch (InternalError ex) {
			// Somebody has cut off the file.
			this.recorder.failed(ex);
		}
		if (this.exiting) {
			deleteAtEnd();
		}
	}

	private boolean isStuck() {
		return this.monitor.stalls()
			.stream()
			.anyMatch((stall) -> !stall.over() && stall.duration().compareTo(STUCK) >= 0);
	}

	private void hook() {
		if (this.hooked) {
			return;
		}
		this.hooked = true;
		try {
			Runtime.getRuntime().addShutdownHook(new Thread(this::exit, "loopguard-black-box-exit"));
		}
		catch (IllegalStateException ex) {
			this.exiting = true;
		}
	}

	/**
	 * Returns whether the JVM is about to end. Others' hooks run at the same time as this
	 * one's.
	 */
	private static boolean isExiting() {
		try {
			Runtime.getRuntime().removeShutdownHook(Thread.currentThread());
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	/**
	 * Has the file deleted when all else that happens at the exit is over: if that never
	 * comes to an end, the file says why.
	 */
	private void exit() {
		this.exiting = true;
		this.stuckAtEnd |= isStuck();
		awaitLook();
		deleteAtEnd();
	}

	/**
	 * Waits for the look that may be creating the file, but not for one that hangs.
	 */
	private void awaitLook() {
		try {
			if (this.looking.tryLock(1, TimeUnit.SECONDS)) {
				this.looking.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void deleteAtEnd() {
		RecordingFile file = this.recorder.file();
		if (file != null && !this.stuckAtEnd) {
			file.path().toFile().deleteOnExit();
		}
	}

}
