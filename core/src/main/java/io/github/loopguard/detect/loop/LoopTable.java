package io.github.loopguard.detect.loop;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.thread.LiveThreads;

/**
 * The event loops that live. They are found among all threads of the JVM now and then.
 */
final class LoopTable {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int MOST_GROUPS = 64;

	private static final String OTHERS = "others";

	private final Map<Long, WatchedLoop> loops = new ConcurrentHashMap<>();

	private final Map<String, LoopGroup> groups = new ConcurrentHashMap<>();

	private final ThreadProbe probe;

	private final StopWatch stops;

	private long foundAt;

	private boolean searched;

	LoopTable(ThreadProbe probe, StopWatch stops) {
		this.probe = probe;
		this.stops = stops;
	}

	/**
	 * Finds event loops that are new, and forgets those that have ended.
	 */
	void refresh(long now) {
		if (this.searched && now - this.foundAt < PERIOD) {
			return;
		}
		this.searched = true;
		this.foundAt = now;
		Set<Long> living = new HashSet<>();
		for (Thread thread : LiveThreads.all()) {
			if (thread.isAlive() && EventLoops.isWatched(thread)) {
				long id = thread.getId();
				living.add(id);
				if (!this.loops.containsKey(id)) {
					this.loops.put(id, new WatchedLoop(thread, join(LoopGroup.nameOf(thread.getName())), now,
							this.probe.cpuTime(id), this.stops));
				}
			}
		}
		this.loops.keySet().retainAll(living);
	}

	void forgetAll() {
		this.loops.clear();
	}

	Collection<WatchedLoop> loops() {
		return this.loops.values();
	}

	@Nullable WatchedLoop loop(long thread) {
		return this.loops.get(thread);
	}

	List<LoopGroup> groups() {
		return List.copyOf(this.groups.values());
	}

	@Nullable LoopGroup group(String name) {
		return this.groups.get(name);
	}

	private LoopGroup join(String name) {
		LoopGroup known = group(name);
		if (known != null) {
			return known;
		}
		return this.groups.computeIfAbsent((this.groups.size() < MOST_GROUPS) ? name : OTHERS, LoopGroup::new);
	}

}
