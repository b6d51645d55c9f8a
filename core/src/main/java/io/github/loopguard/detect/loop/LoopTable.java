package io.github.loopguard.detect.loop;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.history.Hooked;
import io.github.loopguard.detect.thread.LiveThreads;

/**
 * The event loops that live. They are found among all threads of the JVM when threads
 * have been started since the last search, and now and then, because a thread may become
 * one later.
 */
final class LoopTable {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long LONGEST_PERIOD = TimeUnit.SECONDS.toNanos(2);

	static final int MOST_LOOPS = 2_000;

	/** So many loops are looked at as often as the threshold wants. */
	private static final int FEW = 42;

	private static final int MOST_GROUPS = 64;

	private static final String OTHERS = "others";

	private final Map<Long, WatchedLoop> loops = new ConcurrentHashMap<>();

	private final Map<String, LoopGroup> groups = new ConcurrentHashMap<>();

	private final ThreadProbe probe;

	private final StopWatch stops;

	private final LongFunction<@Nullable Hooked> hooks;

	/** Threads that run no event loop now, and may run one at any time. */
	private final List<Reference<Thread>> candidates = new ArrayList<>();

	private long refreshedAt;

	private long searchedAt;

	private long sweptAt;

	private long started = -1;

	private volatile int left;

	/**
	 * Creates an empty table.
	 * @param probe tells about threads
	 * @param stops tells when the JVM stood still
	 * @param hooks returns what hooks have seen on a thread by now, by its identifier
	 */
	LoopTable(ThreadProbe probe, StopWatch stops, LongFunction<@Nullable Hooked> hooks) {
		this.probe = probe;
		this.stops = stops;
		this.hooks = hooks;
	}

	/**
	 * Finds event loops that are new, and removes those that have ended.
	 * @param settings tell which groups have a threshold of their own, so that they are
	 * never among others
	 * @return those that were removed
	 */
	List<WatchedLoop> refresh(long now, LoopMonitorSettings settings) {
		if (this.started >= 0 && now - this.refreshedAt < PERIOD) {
			return List.of();
		}
		this.refreshedAt = now;
		List<WatchedLoop> ended = sweep(now);
		long started = this.probe.started();
		if (started != this.started || !ended.isEmpty() || now - this.searchedAt >= LONGEST_PERIOD
				|| isCandidateLoop()) {
			this.started = started;
			this.searchedAt = now;
			search(now, settings.groupThresholds().keySet());
		}
		return ended;
	}

	/**
	 * Removes event loops that have ended, at once if they stand still, and returns them.
	 */
	private List<WatchedLoop> sweep(long now) {
		boolean all = now - this.sweptAt >= PERIOD * crowding();
		if (all) {
			this.sweptAt = now;
		}
		List<WatchedLoop> ended = new ArrayList<>();
		for (WatchedLoop loop : this.loops.values()) {
			if ((all || loop.stall != null) && !loop.isCurrent()) {
				ended.add(loop);
				this.loops.remove(loop.id());
			}
		}
		return ended;
	}

	private boolean isCandidateLoop() {
		for (Reference<Thread> candidate : this.candidates) {
			Thread thread = candidate.get();
			if (thread != null && thread.isAlive() && EventLoops.isWatched(thread)) {
				return true;
			}
		}
		return false;
	}

	private void search(long now, Set<String> own) {
		this.candidates.clear();
		int left = 0;
		for (Thread thread : LiveThreads.all()) {
			if (!thread.isAlive() || thread == Thread.currentThread()) {
				continue;
			}
			if (!EventLoops.isWatched(thread)) {
				if (EventLoops.mayChange(thread)) {
					this.candidates.add(new WeakReference<>(thread));
				}
			}
			else if (!this.loops.containsKey(thread.getId())) {
				left += add(thread, now, own) ? 0 : 1;
			}
		}
		this.left = left;
	}

	/**
	 * Adds an event loop, unless there are too many or its class hides its identifier.
	 */
	private boolean add(Thread thread, long now, Set<String> own) {
		long id = thread.getId();
		if (id <= 0 || this.loops.size() >= MOST_LOOPS) {
			return false;
		}
		WatchedLoop loop = new WatchedLoop(thread, EventLoops.isKnownByName(thread),
				join(LoopGroup.nameOf(thread.getName()), own), now, this.probe.cpuTime(id), this.stops);
		loop.hooked = this.hooks.apply(id);
		loop.held.restart(loop.hooked);
		this.loops.put(id, loop);
		return true;
	}

	/**
	 * Removes all event loops but those that stand still, whose turns are followed until
	 * they end.
	 * @return those that were removed
	 */
	List<WatchedLoop> removeAllButStalled() {
		List<WatchedLoop> removed = this.loops.values()
			.stream()
			.filter((loop) -> loop.stall == null || !loop.isCurrent())
			.toList();
		removed.forEach((loop) -> this.loops.remove(loop.id()));
		this.candidates.clear();
		this.started = -1;
		this.left = 0;
		return removed;
	}

	/**
	 * Returns how much less often each loop is looked at because there are many, 1 if
	 * there are not.
	 */
	int crowding() {
		return 1 + (this.loops.size() - 1) / FEW;
	}

	Collection<WatchedLoop> loops() {
		return this.loops.values();
	}

	@Nullable WatchedLoop loop(long thread) {
		return this.loops.get(thread);
	}

	/**
	 * Returns how many event loops are not watched because there are too many.
	 */
	int left() {
		return this.left;
	}

	List<LoopGroup> groups() {
		return List.copyOf(this.groups.values());
	}

	@Nullable LoopGroup group(String name) {
		return this.groups.get(name);
	}

	private LoopGroup join(String name, Set<String> own) {
		LoopGroup known = group(name);
		if (known != null) {
			return known;
		}
		return this.groups.computeIfAbsent((this.groups.size() < MOST_GROUPS || own.contains(name)) ? name : OTHERS,
				LoopGroup::new);
	}

}
