package io.github.loopguard.detect.loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.daemon.DaemonThread;
import io.github.loopguard.daemon.Failures;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.loop.LoopState.Delay;
import io.github.loopguard.detect.thread.ReactorExecutors;
import io.github.loopguard.detect.waiting.StallImpact;

/**
 * Watches event loops from a thread of its own: how long their turns take, and what holds
 * them. A loop that waits for work costs one look at the CPU time of its thread; the
 * stack is taken only of one that looks stuck.
 *
 * @since 0.2
 */
public final class LoopMonitor {

	/**
	 * Name of this detector.
	 */
	public static final String NAME = "loop-monitor";

	private static final long LONGEST_DELAY = TimeUnit.MILLISECONDS.toNanos(500);

	private final Failures failures = new Failures();

	private final DaemonThread thread = new DaemonThread("loopguard-loop-monitor", this::step, this.failures);

	private final StallImpact impact = new StallImpact();

	private final StallReporter reporter;

	private volatile LoopMonitorSettings settings = LoopMonitorSettings.OFF;

	/** Until when stalls are only counted. */
	private volatile long silentUntil;

	/** Created by the monitor's thread, because that takes long. */
	private volatile @Nullable LoopWatcher watcher;

	/**
	 * Creates a monitor without starting it.
	 * @param calls records what is found; {@code null} while nothing can be recorded
	 */
	public LoopMonitor(Supplier<@Nullable OutsideCalls> calls) {
		this.reporter = new StallReporter(calls, this.impact);
	}

	/**
	 * Replaces the settings. Starts to watch if they say so; the grace begins again then.
	 * @param settings the settings
	 */
	public synchronized void configure(LoopMonitorSettings settings) {
		if (settings.enabled() && !this.settings.enabled()) {
			this.silentUntil = System.nanoTime() + settings.grace().toNanos();
			ReactorExecutors.note();
		}
		this.settings = settings;
		if (settings.enabled() || this.watcher != null) {
			this.thread.ensureRunning();
		}
	}

	/**
	 * Returns the status.
	 * @return the status of this detector
	 */
	public DetectorStatus status() {
		if (!this.settings.enabled()) {
			return new DetectorStatus(NAME, State.OFF, null);
		}
		this.thread.ensureRunning();
		Throwable failure = this.failures.last();
		if (failure != null) {
			return degraded("it failed at its last look, because of " + failure);
		}
		LoopWatcher watcher = this.watcher;
		if (watcher == null) {
			return new DetectorStatus(NAME, State.ACTIVE, null);
		}
		if (!watcher.probe().hasCpuTimes()) {
			return degraded("this JVM does not tell the CPU time of threads, so stalls are found later");
		}
		int left = watcher.table().left();
		return (left > 0)
				? degraded(left + " event loops are not watched: there are more than " + LoopTable.MOST_LOOPS
						+ ", or their threads hide their identifiers; let clients share event loops")
				: new DetectorStatus(NAME, State.ACTIVE, null);
	}

	private static DetectorStatus degraded(String reason) {
		return new DetectorStatus(NAME, State.DEGRADED, reason);
	}

	/**
	 * Returns how the event loops are doing that live.
	 * @return their states, in the order of their names
	 */
	public List<LoopState> loops() {
		return watched().map(WatchedLoop::state)
			.sorted(Comparator.comparing(LoopState::name).thenComparing(LoopState::threadId))
			.toList();
	}

	/**
	 * Returns the turns that take too long, and the last ones that took too long and are
	 * over.
	 * @return the stalls, those that are over first
	 */
	public List<LoopStall> stalls() {
		LoopWatcher watcher = this.watcher;
		return (watcher != null) ? watcher.stalls() : List.of();
	}

	/**
	 * Returns the groups of event loops that there have been since the start.
	 * @return their names
	 */
	public List<String> groups() {
		LoopWatcher watcher = this.watcher;
		return (watcher != null) ? watcher.table().groups().stream().map(LoopGroup::name).toList() : List.of();
	}

	/**
	 * Returns how long work had to wait for the event loops of a group since the start.
	 * @param group name of the group
	 * @return the delay, or {@code null} if there is no such group
	 */
	public @Nullable Delay delay(String group) {
		LoopGroup known = group(group);
		return (known != null) ? known.delays().snapshot() : null;
	}

	/**
	 * Returns how many turns of the event loops of a group took too long since the start.
	 * @param group name of the group
	 * @return the number
	 */
	public long stalls(String group) {
		LoopGroup known = group(group);
		return (known != null) ? known.stalls() : 0;
	}

	/**
	 * Returns the share of the time for which the event loops of a group have used the
	 * CPU lately.
	 * @param group name of the group
	 * @return their average, from 0 to 1
	 */
	public double utilization(String group) {
		return watched().filter((loop) -> loop.group().equals(group))
			.mapToDouble(WatchedLoop::utilization)
			.average()
			.orElse(0);
	}

	/**
	 * Returns how many tasks wait in the queues of the event loops of a group.
	 * @param group name of the group
	 * @return the number
	 */
	public int pending(String group) {
		return watched().filter((loop) -> loop.group().equals(group)).mapToInt(WatchedLoop::pending).sum();
	}

	/**
	 * Returns how often the whole JVM stood still.
	 * @return the number since the start
	 */
	public long stopped() {
		LoopWatcher watcher = this.watcher;
		return (watcher != null) ? watcher.stops().count() : 0;
	}

	/**
	 * Returns for how long the whole JVM stood still.
	 * @return the time since the start
	 */
	public Duration stoppedFor() {
		LoopWatcher watcher = this.watcher;
		return Duration.ofNanos((watcher != null) ? watcher.stops().total() : 0);
	}

	/**
	 * Returns for how long at most the whole JVM stood still at some time lately.
	 * @param begin when the time begins, in nanoseconds
	 * @param end when it ends, in nanoseconds
	 * @return the time in nanoseconds, zero if event loops were not watched then
	 */
	public long stoppedDuring(long begin, long end) {
		LoopWatcher watcher = this.watcher;
		return (watcher != null) ? watcher.stops().during(begin, end) : 0;
	}

	/**
	 * Returns how many stalls were counted and not told, because there were too many in a
	 * minute.
	 * @return the number since the start
	 */
	public long suppressed() {
		return this.reporter.suppressed();
	}

	/**
	 * Returns since when a thread is in a turn that takes long.
	 * @param thread identifier of the thread
	 * @return when the turn began, in nanoseconds, or zero if it is in none
	 */
	public long stalledSince(long thread) {
		LoopWatcher watcher = this.watcher;
		WatchedLoop loop = (watcher != null) ? watcher.table().loop(thread) : null;
		Stall stall = (loop != null) ? loop.stall : null;
		return (stall != null) ? stall.start() | 1 : 0;
	}

	/**
	 * Returns how many stalls no code could be accused of, because none held the loop for
	 * most of the time.
	 * @return the number since the start
	 */
	public long unattributed() {
		return this.reporter.unattributed();
	}

	/**
	 * Returns what waits for event loops that stand still.
	 * @return counts requests and client calls that time out
	 */
	public StallImpact impact() {
		return this.impact;
	}

	private Stream<WatchedLoop> watched() {
		LoopWatcher watcher = this.watcher;
		return (watcher != null) ? watcher.table().loops().stream() : Stream.empty();
	}

	private @Nullable LoopGroup group(String name) {
		LoopWatcher watcher = this.watcher;
		return (watcher != null) ? watcher.table().group(name) : null;
	}

	private void step() {
		LoopWatcher watcher = this.watcher;
		if (watcher == null) {
			LockSupport.parkNanos(untilFirstLook());
			Thread.interrupted();
			watcher = new LoopWatcher(this.reporter, this.impact, this.failures);
			this.watcher = watcher;
		}
		watcher.step(this.settings, this.silentUntil);
	}

	/**
	 * Returns how long the first look can wait. At the start of an application others
	 * need the CPU, and stalls are only counted.
	 */
	private long untilFirstLook() {
		return (this.failures.last() != null) ? LONGEST_DELAY
				: Math.min(LONGEST_DELAY, this.silentUntil - System.nanoTime());
	}

}
