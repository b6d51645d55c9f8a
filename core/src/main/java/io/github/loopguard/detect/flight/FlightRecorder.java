package io.github.loopguard.detect.flight;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.daemon.DaemonThread;
import io.github.loopguard.daemon.Failures;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.history.CallHistory;
import io.github.loopguard.detect.timeline.Timeline;

/**
 * Reads what the JVM's flight recorder notes of event loops. Its recording starts some
 * time after the application and leaves those of others alone.
 *
 * @since 0.2
 */
public final class FlightRecorder {

	/**
	 * Name of this detector.
	 */
	public static final String NAME = "flight-recorder";

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final long RETRY = TimeUnit.SECONDS.toNanos(30);

	/** Hooks keep calls from this duration on: starting a process takes longer. */
	private static final long LONGEST_SHORT_CALL = TimeUnit.MICROSECONDS.toNanos(250);

	private final Failures failures = new Failures();

	private final DaemonThread thread = new DaemonThread("loopguard-flight-recorder", this::step, this.failures);

	private final LoopThreadIds loops = new LoopThreadIds();

	private final Supplier<@Nullable OutsideCalls> calls;

	private final EventQueue events;

	private final StaticAllowances allowances;

	private final EventReporter reporter;

	private volatile FlightRecorderSettings settings = FlightRecorderSettings.OFF;

	private volatile boolean started;

	private volatile long startedAt;

	/** Whether the delay is not over. */
	private volatile boolean delayed;

	private volatile @Nullable RecordingSession session;

	private volatile @Nullable String unavailable;

	private boolean timeline;

	private long ticked;

	private long failedAt;

	/**
	 * Creates a detector without starting it.
	 * @param calls records what is found; {@code null} while nothing can be recorded
	 * @param stalledSince returns since when a thread is in a turn that takes long and
	 * that another detector is about to tell, by the thread's identifier; zero if it is
	 * in none
	 * @param stoppedDuring returns for how long the whole JVM stood still between two
	 * times, all in nanoseconds
	 * @param allowances returns what BlockHound lets pass
	 */
	public FlightRecorder(Supplier<@Nullable OutsideCalls> calls, LongUnaryOperator stalledSince,
			LongBinaryOperator stoppedDuring, Supplier<List<Allowance>> allowances) {
		this.calls = calls;
		this.events = new EventQueue(stalledSince);
		this.allowances = new StaticAllowances(allowances);
		this.reporter = new EventReporter(this.allowances, this.loops::loader, stoppedDuring);
	}

	/**
	 * Replaces the settings. Begins to record if they say so, after the delay.
	 * @param settings the settings
	 */
	public synchronized void configure(FlightRecorderSettings settings) {
		boolean begins = settings.isWanted() && (!this.started || !this.settings.isWanted());
		if (begins) {
			this.startedAt = System.nanoTime();
			this.started = true;
			this.unavailable = null;
		}
		this.delayed = (begins || this.delayed) && !settings.startDelay().isZero();
		this.settings = settings;
		if (this.started) {
			this.thread.ensureRunning();
		}
	}

	/**
	 * Returns the status.
	 * @return the status of this detector
	 */
	public DetectorStatus status() {
		FlightRecorderSettings settings = this.settings;
		if (!this.started || !settings.enabled()) {
			return new DetectorStatus(NAME, State.OFF, null);
		}
		this.thread.ensureRunning();
		String unavailable = this.unavailable;
		if (unavailable != null) {
			return new DetectorStatus(NAME, State.UNAVAILABLE, unavailable);
		}
		RecordingSession session = this.session;
		Throwable failure = (session != null && session.failure() != null) ? session.failure() : this.failures.last();
		if (failure != null) {
			return new DetectorStatus(NAME, State.DEGRADED, "it failed to read events, because of " + failure);
		}
		if (session == null || session.clockOffset() == null) {
			return new DetectorStatus(NAME, State.OFF, this.delayed
					? "it starts " + settings.startDelay().toSeconds() + " s after the application" : "it is starting");
		}
		if (!settings.tracedMethods().isEmpty() && !session.traces()) {
			return new DetectorStatus(NAME, State.DEGRADED,
					"this JVM cannot trace the methods " + settings.tracedMethods() + "; JDK 25 can");
		}
		String raised = session.raised();
		return new DetectorStatus(NAME, State.ACTIVE, raised.isEmpty() ? null
				: "there are so many events of all threads that shorter ones are left out of " + raised);
	}

	/**
	 * Returns whether events are read.
	 * @return whether what they show is counted
	 */
	public boolean isRecording() {
		RecordingSession session = this.session;
		return session != null && session.clockOffset() != null && !session.isEnded();
	}

	/**
	 * Returns how many calls were counted and not told, because there were too many in a
	 * minute.
	 * @return the number since the start
	 */
	public long suppressed() {
		return this.reporter.suppressed();
	}

	/**
	 * Returns how many events were not looked at, because there were too many at once.
	 * @return the number since the start
	 */
	public long dropped() {
		return this.events.dropped();
	}

	private void step() {
		LockSupport.parkNanos(PERIOD);
		Thread.interrupted();
		FlightRecorderSettings settings = this.settings;
		long now = System.nanoTime();
		RecordingSession session = this.session;
		if (session != null && !session.settings().isRecordedAs(settings)) {
			stop(session);
			session = null;
		}
		boolean delayed = session == null && isDelayed(now);
		if (!delayed && this.timeline != settings.timeline()) {
			this.timeline = settings.timeline();
			Timeline.turnOn(this.timeline);
		}
		if (!settings.enabled() || this.unavailable != null || delayed) {
			return;
		}
		this.loops.refresh();
		if (session != null && session.isEnded()) {
			if (session.clockOffset() == null && session.failure() != null) {
				this.unavailable = reason(session.failure());
			}
			stop(session);
			session = null;
			this.failedAt = now;
		}
		if (session == null && this.unavailable == null && (this.failedAt == 0 || now - this.failedAt >= RETRY)) {
			session = start(settings);
		}
		if (session != null) {
			read(session, settings, now);
		}
	}

	private synchronized boolean isDelayed(long now) {
		this.delayed &= now - this.startedAt < this.settings.startDelay().toNanos();
		return this.delayed;
	}

	private @Nullable RecordingSession start(FlightRecorderSettings settings) {
		CallHistory.keepFrom(Math.min(LONGEST_SHORT_CALL, settings.threshold().toNanos() / 2));
		try {
			if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
				this.unavailable = "this JVM has no flight recorder; add the module jdk.jfr to its image";
				return null;
			}
			RecordingSession session = new RecordingSession(settings, this.loops::contain, this.events);
			this.session = session;
			return session;
		}
		catch (RuntimeException | LinkageError ex) {
			this.unavailable = reason(ex);
			return null;
		}
		finally {
			if (this.session == null) {
				CallHistory.keepFrom(Long.MAX_VALUE);
			}
		}
	}

	private static String reason(@Nullable Throwable thrown) {
		return "the flight recorder of this JVM does not start, because of " + thrown
				+ "; it needs a directory that is writable, java.io.tmpdir or -XX:FlightRecorderOptions:repository=";
	}

	private void stop(RecordingSession session) {
		this.session = null;
		CallHistory.keepFrom(Long.MAX_VALUE);
		OutsideCalls calls = this.calls.get();
		if (calls != null) {
			calls.keep(null);
		}
		this.reporter.retain((thread) -> false);
		session.close();
		this.events.clear();
	}

	private void read(RecordingSession session, FlightRecorderSettings settings, long now) {
		OutsideCalls calls = this.calls.get();
		if (now - this.ticked >= SECOND) {
			this.ticked = now;
			session.tick();
			this.allowances.refresh();
			this.reporter.retain(this.loops::isKnown);
		}
		if (calls != null) {
			calls.keep(this.loops::isKnown);
		}
		Long offset = session.clockOffset();
		if (offset == null || calls == null) {
			return;
		}
		List<FlightEvent> ready = this.events.ready(offset, now);
		long failed = this.failures.count();
		ready.forEach((event) -> this.failures.attempt(() -> this.reporter.report(calls, event, settings)));
		if (!ready.isEmpty() && failed == this.failures.count()) {
			this.failures.recovered();
		}
	}

}
