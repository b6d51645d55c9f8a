package io.github.loopguard.detect.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.daemon.Failures;
import io.github.loopguard.detect.waiting.StallImpact;

/**
 * Looks at the event loops again and again, and takes the stacks of those that look
 * stuck. Confined to the monitor's thread, except for what it has found.
 */
final class LoopWatcher {

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long IN_STALL = TimeUnit.MILLISECONDS.toNanos(5);

	/** A turn that has lasted for so long is looked at like any other loop. */
	private static final long LONG_STALL = TimeUnit.SECONDS.toNanos(1);

	/** So soon it notices that it is configured anew. */
	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

	/** Stacks that are taken at once. */
	private static final int MOST_STACKS = 16;

	private static final int MOST_VAGUE = 2;

	/** If taking stacks takes longer, none are taken for as long again. */
	private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_BREAK = TimeUnit.SECONDS.toNanos(1);

	private static final Comparator<Suspect> BY_SAMPLE = Comparator
		.comparingLong((suspect) -> suspect.loop().sampledAt);

	private final ThreadProbe probe = new ThreadProbe();

	private final CpuQueue cpuQueue = new CpuQueue(this.probe);

	private final StopWatch stops = new StopWatch(this.probe);

	private final LoopTable table;

	private final StallReporter reporter;

	private final StallImpact impact;

	private final StallLog log;

	private final StallWatch watch;

	private final Failures failures;

	private long pause = SHORTEST_PAUSE;

	private long lookedAtAll;

	/** When stacks may be taken again. */
	private long stacksFrom;

	/** Whether something failed at this look. */
	private boolean failed;

	LoopWatcher(StallReporter reporter, StallImpact impact, Failures failures) {
		this.reporter = reporter;
		this.table = new LoopTable(this.probe, this.stops, reporter::hooked);
		this.impact = impact;
		this.log = new StallLog(reporter::isApplication);
		this.watch = new StallWatch(reporter, this.log, impact);
		this.failures = failures;
	}

	ThreadProbe probe() {
		return this.probe;
	}

	StopWatch stops() {
		return this.stops;
	}

	List<LoopStall> stalls() {
		return this.log.all(this.table.loops());
	}

	LoopTable table() {
		return this.table;
	}

	/**
	 * Waits, and looks once. Waits first, so that what fails is not repeated at once.
	 * @param settings settings in force
	 * @param silentUntil until when stalls are only counted
	 */
	void step(LoopMonitorSettings settings, long silentUntil) {
		long planned = this.pause - this.pause / 8 + ThreadLocalRandom.current().nextLong(Math.max(1, this.pause / 4));
		LockSupport.parkNanos(planned);
		Thread.interrupted();
		long now = System.nanoTime();
		if (!settings.enabled()) {
			giveUp(this.table.removeAllButStalled(), now, settings, true);
			if (this.table.loops().isEmpty()) {
				this.pause = LONGEST_PAUSE;
				this.stops.pause();
				this.impact.stop();
				return;
			}
		}
		this.failed = false;
		this.stops.slept(planned, now);
		long period = period(settings.shortestThreshold());
		boolean all = now - this.lookedAtAll >= period - period / 4;
		boolean silent = !settings.enabled() || now - silentUntil < 0;
		if (all) {
			this.lookedAtAll = now;
		}
		if (all && settings.enabled()) {
			giveUp(this.table.refresh(now, settings), now, settings, silent);
			this.cpuQueue.find(this.table.loops(), now);
		}
		List<Suspect> suspects = look(now, all, settings, silent);
		if (!suspects.isEmpty() && now - this.stacksFrom >= 0) {
			takeStacks(suspects, settings, silent);
		}
		this.stops.worked(this.reporter.takeSpent(), System.nanoTime());
		this.pause = Math.max(SHORTEST_PAUSE,
				(isInStall(now) || this.impact.isCounting()) ? Math.min(IN_STALL, period) : period);
		this.impact.tell();
		if (!this.failed) {
			this.failures.recovered();
		}
	}

	private long period(long threshold) {
		return Math.min(LONGEST_PAUSE, threshold / 5 * this.table.crowding());
	}

	private boolean isInStall(long now) {
		for (WatchedLoop loop : this.table.loops()) {
			Stall stall = loop.stall;
			if (stall != null && now - stall.start() < LONG_STALL) {
				return true;
			}
		}
		return false;
	}

	private List<Suspect> look(long now, boolean all, LoopMonitorSettings settings, boolean silent) {
		List<Suspect> suspects = new ArrayList<>();
		List<Suspect> vague = new ArrayList<>();
		List<WatchedLoop> running = new ArrayList<>();
		for (WatchedLoop loop : this.table.loops()) {
			Stall stall = loop.stall;
			if ((stall != null && now - stall.start() < LONG_STALL)
					|| (all && 4 * (now - loop.lookedAt()) >= 3 * period(settings.threshold(loop.group())))) {
				if (loop.isCpuTimeNeeded(now)) {
					running.add(loop);
				}
				else {
					look(loop, -1, now, settings, silent, suspects, vague);
				}
			}
		}
		long[] cpuTimes = cpuTimes(running);
		for (int i = 0; i < cpuTimes.length; i++) {
			look(running.get(i), cpuTimes[i], now, settings, silent, suspects, vague);
		}
		if (!vague.isEmpty()) {
			suspects.add(Collections.min(vague, BY_SAMPLE));
		}
		return suspects;
	}

	private long[] cpuTimes(List<WatchedLoop> loops) {
		long[] ids = new long[loops.size()];
		for (int i = 0; i < ids.length; i++) {
			ids[i] = loops.get(i).id();
		}
		return (ids.length > 0) ? this.probe.cpuTimes(ids) : ids;
	}

	/**
	 * Looks at one loop. If that fails, the others are not affected; so it is with what
	 * else is done for one.
	 */
	private void look(WatchedLoop loop, long cpu, long now, LoopMonitorSettings settings, boolean silent,
			List<Suspect> suspects, List<Suspect> vague) {
		try {
			inspect(loop, cpu, now, settings, silent, suspects, vague);
		}
		catch (Throwable ex) {
			failed(loop, ex);
		}
	}

	private void inspect(WatchedLoop loop, long cpu, long now, LoopMonitorSettings settings, boolean silent,
			List<Suspect> suspects, List<Suspect> vague) {
		long threshold = settings.threshold(loop.group());
		Stall stall = loop.stall;
		boolean many = this.table.crowding() > 1;
		Look look = loop.look(now, period(threshold), many, cpu, this.stops);
		if (stall != null) {
			if (this.watch.follow(loop, stall, look, settings, silent)) {
				suspects.add(new Suspect(loop, look));
			}
		}
		else if (!loop.isSuspect(look, threshold, many)) {
			if (look.used() > 0) {
				this.reporter.hooked(loop);
			}
		}
		else if (!loop.activity().isVague()
				|| (loop.activity().isFresh(now, threshold) && suspects.size() < MOST_VAGUE)) {
			suspects.add(new Suspect(loop, look));
		}
		else {
			vague.add(new Suspect(loop, new Look(loop.sampledAt, now, 0, false, false)));
		}
	}

	/**
	 * Takes stacks, first of those of which none was taken for longest.
	 */
	private void takeStacks(List<Suspect> suspects, LoopMonitorSettings settings, boolean silent) {
		if (suspects.size() > MOST_STACKS) {
			suspects.sort(BY_SAMPLE);
		}
		List<Suspect> taken = suspects.subList(0, Math.min(MOST_STACKS, suspects.size()));
		long before = System.nanoTime();
		List<@Nullable Sample> samples = this.probe.samples(taken.stream().map(Suspect::loop).toList());
		long now = System.nanoTime();
		this.stops.worked(this.reporter.takeSpent(), now);
		this.stacksFrom = (now - before > SLOW) ? now + Math.min(LONGEST_BREAK, now - before) : now;
		for (int i = 0; i < taken.size(); i++) {
			Suspect suspect = taken.get(i);
			WatchedLoop loop = suspect.loop();
			Sample sample = samples.get(i);
			loop.sampledAt = now;
			if (sample != null && (loop.stall != null || loop.isCurrent())) {
				loop.exclude(this.stops, 0);
				sampled(suspect, sample, now, settings, silent);
			}
		}
	}

	private void sampled(Suspect suspect, Sample sample, long now, LoopMonitorSettings settings, boolean silent) {
		try {
			this.watch.sampled(suspect.loop(), suspect.look(), sample, now, settings, silent);
		}
		catch (Throwable ex) {
			failed(suspect.loop(), ex);
		}
	}

	private void giveUp(List<WatchedLoop> loops, long now, LoopMonitorSettings settings, boolean silent) {
		for (WatchedLoop loop : loops) {
			try {
				this.watch.giveUp(loop, now, settings, silent);
			}
			catch (Throwable ex) {
				failed(loop, ex);
			}
		}
	}

	private void failed(WatchedLoop loop, Throwable thrown) {
		this.failed = true;
		this.failures.add(thrown);
		this.watch.drop(loop, System.nanoTime());
	}

	/**
	 * An event loop whose stack is worth taking.
	 *
	 * @param loop the loop
	 * @param look what the look at it showed
	 */
	private record Suspect(WatchedLoop loop, Look look) {
	}

}
