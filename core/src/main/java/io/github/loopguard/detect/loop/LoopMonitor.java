package io.github.loopguard.detect.loop;

import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.daemon.DaemonThread;
import io.github.loopguard.daemon.Failures;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.loop.LoopState.Delay;
import io.github.loopguard.detect.loop.LoopState.Stuck;

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

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long IN_STALL = TimeUnit.MILLISECONDS.toNanos(5);

	/** So soon it notices that it is configured anew. */
	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

	/** So many loops are looked at as often as the threshold wants. */
	private static final int MANY = 100;

	private static final int MOST_STACKS = 64;

	private static final int MOST_VAGUE = 2;

	private final Failures failures = new Failures();

	private final DaemonThread thread = new DaemonThread("loopguard-loop-monitor", this::step, this.failures);

	private final StallReporter reporter;

	private final StallWatch watch;

	private final ThreadProbe probe = new ThreadProbe();

	private final StopWatch stops = new StopWatch(this.probe);

	private final LoopTable table = new LoopTable(this.probe, this.stops);

	private volatile LoopMonitorSettings settings = LoopMonitorSettings.DEFAULTS;

	private volatile boolean started;

	/** Until when stalls are only counted. */
	private volatile long silentUntil;

	private long lookedAtAll;

	/**
	 * Creates a monitor without starting it.
	 * @param calls records what is found; {@code null} while nothing can be recorded
	 */
	public LoopMonitor(Supplier<@Nullable OutsideCalls> calls) {
		this.reporter = new StallReporter(calls);
		this.watch = new StallWatch(this.reporter);
	}

	/**
	 * Replaces the settings. Starts to watch if they say so; the grace begins again then.
	 * @param settings the settings
	 */
	public synchronized void configure(LoopMonitorSettings settings) {
		if (settings.enabled() && (!this.started || !this.settings.enabled())) {
			this.silentUntil = System.nanoTime() + settings.grace().toNanos();
			this.started = true;
		}
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
		if (!this.started || !this.settings.enabled()) {
			return new DetectorStatus(NAME, State.OFF, null);
		}
		this.thread.ensureRunning();
		Throwable failure = this.failures.last();
		if (failure != null) {
			return new DetectorStatus(NAME, State.DEGRADED, "it failed at its last look, because of " + failure);
		}
		return this.probe.hasCpuTimes() ? new DetectorStatus(NAME, State.ACTIVE, null) : new DetectorStatus(NAME,
				State.DEGRADED, "this JVM does not tell the CPU time of threads, so stalls are found later");
	}

	/**
	 * Returns how the event loops are doing that live.
	 * @return their states, in the order of their names
	 */
	public List<LoopState> loops() {
		return this.table.loops()
			.stream()
			.map(WatchedLoop::state)
			.sorted(Comparator.comparing(LoopState::name).thenComparing(LoopState::threadId))
			.toList();
	}

	/**
	 * Returns the event loops whose turn takes too long and is not over.
	 * @param atLeast how long it takes at least
	 * @return the loops, the one that is stuck for the longest time first
	 */
	public List<Stuck> stuck(Duration atLeast) {
		return this.table.loops()
			.stream()
			.map(WatchedLoop::stuck)
			.filter((stuck) -> stuck != null && stuck.duration().compareTo(atLeast) >= 0)
			.map(Objects::requireNonNull)
			.sorted(Comparator.comparing(Stuck::duration).reversed())
			.toList();
	}

	/**
	 * Returns the groups of event loops that there have been since the start.
	 * @return their names
	 */
	public List<String> groups() {
		return this.table.groups().stream().map(LoopGroup::name).toList();
	}

	/**
	 * Returns how long work had to wait for the event loops of a group since the start.
	 * @param group name of the group
	 * @return the delay, or {@code null} if there is no such group
	 */
	public @Nullable Delay delay(String group) {
		LoopGroup known = this.table.group(group);
		return (known != null) ? known.delays().snapshot() : null;
	}

	/**
	 * Returns how many turns of the event loops of a group took too long since the start.
	 * @param group name of the group
	 * @return the number
	 */
	public long stalls(String group) {
		LoopGroup known = this.table.group(group);
		return (known != null) ? known.stalls() : 0;
	}

	/**
	 * Returns how often the whole JVM stood still.
	 * @return the number since the start
	 */
	public long stopped() {
		return this.stops.count();
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
	 * Returns how many stalls no code could be accused of, because none held the loop for
	 * most of the time.
	 * @return the number since the start
	 */
	public long unattributed() {
		return this.reporter.unattributed();
	}

	private void step() {
		LoopMonitorSettings settings = this.settings;
		if (!settings.enabled()) {
			this.table.forgetAll();
			this.stops.pause();
			LockSupport.parkNanos(LONGEST_PAUSE);
			return;
		}
		long period = Math.min(LONGEST_PAUSE,
				settings.shortestThreshold() / 5 * (1 + this.table.loops().size() / MANY));
		boolean stalls = this.table.loops().stream().anyMatch((loop) -> loop.stall != null);
		long pause = Math.max(SHORTEST_PAUSE, stalls ? Math.min(IN_STALL, period) : period);
		long planned = pause - pause / 8 + ThreadLocalRandom.current().nextLong(Math.max(1, pause / 4));
		LockSupport.parkNanos(planned);
		Thread.interrupted();
		long now = System.nanoTime();
		this.stops.passed(planned, now);
		boolean all = !stalls || now - this.lookedAtAll >= period;
		if (all) {
			this.lookedAtAll = now;
			this.table.refresh(now);
		}
		look(now, all, settings);
		this.failures.recovered();
	}

	private void look(long now, boolean all, LoopMonitorSettings settings) {
		boolean silent = now - this.silentUntil < 0;
		Map<WatchedLoop, Look> closer = new HashMap<>();
		WatchedLoop vague = null;
		for (WatchedLoop loop : this.table.loops()) {
			Stall stall = loop.stall;
			if (!all && stall == null) {
				continue;
			}
			Look look = loop.look(now, this.probe.cpuTime(loop.id()), this.stops);
			if (stall != null) {
				if (this.watch.follow(loop, stall, look, settings, silent)) {
					closer.put(loop, look);
				}
			}
			else if (!loop.isSuspect(now, settings.threshold(loop.group()))) {
				if (look.used() > 0) {
					this.reporter.hooked(loop);
				}
			}
			else if (closer.size() < (loop.isVague() ? MOST_VAGUE : MOST_STACKS)
					&& (!loop.isVague() || loop.isFresh(now, settings.threshold(loop.group())))) {
				closer.put(loop, look);
			}
			else if (vague == null || loop.sampledAt < vague.sampledAt) {
				vague = loop;
			}
		}
		if (vague != null) {
			closer.put(vague, new Look(vague.sampledAt, now, 0, false, false));
		}
		if (!closer.isEmpty()) {
			takeStacks(closer, settings, silent);
		}
	}

	private void takeStacks(Map<WatchedLoop, Look> loops, LoopMonitorSettings settings, boolean silent) {
		List<WatchedLoop> order = new ArrayList<>(loops.keySet());
		@Nullable ThreadInfo[] infos = this.probe.stacks(order.stream().map(WatchedLoop::id).toList());
		long now = System.nanoTime();
		this.stops.passed(0, now);
		for (int i = 0; i < infos.length; i++) {
			ThreadInfo info = infos[i];
			WatchedLoop loop = order.get(i);
			Look look = loops.get(loop);
			loop.sampledAt = now;
			if (info != null && look != null) {
				loop.exclude(this.stops, 0);
				this.watch.sampled(loop, look, Sample.of(info), now, settings, silent);
			}
		}
	}

}
