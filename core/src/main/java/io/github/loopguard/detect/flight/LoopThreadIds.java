package io.github.loopguard.detect.flight;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.thread.LiveThreads;

/**
 * The event loops that live, by the identifier that events have.
 */
final class LoopThreadIds {

	/** A thread of which events may still come is remembered for so long. */
	private static final int MEMORY = 8;

	/** Threads that have ended are not searched for again and again. */
	private static final long BETWEEN_SEARCHES = TimeUnit.MILLISECONDS.toNanos(10);

	private final Map<Long, Known> loops = new ConcurrentHashMap<>();

	/** Threads that were no event loops at the last search. */
	private volatile Set<Long> others = Set.of();

	private volatile long searchedAt;

	private long refreshes;

	/**
	 * Finds event loops that are new, and forgets those that have ended a while ago.
	 */
	synchronized void refresh() {
		this.refreshes++;
		search();
		this.loops.values().removeIf((known) -> this.refreshes - known.seen > MEMORY);
	}

	private void search() {
		Set<Long> others = new HashSet<>();
		for (Thread thread : LiveThreads.all()) {
			if (thread.isAlive() && EventLoops.isWatched(thread)) {
				this.loops.computeIfAbsent(thread.getId(),
						(id) -> new Known(new WeakReference<>(thread))).seen = this.refreshes;
			}
			else if (!EventLoops.mayChange(thread)) {
				others.add(thread.getId());
			}
		}
		this.others = others;
		this.searchedAt = System.nanoTime();
	}

	/**
	 * Returns whether a thread is an event loop that lives, or has ended a moment ago. It
	 * may be younger than the last search. May be called by any thread.
	 */
	boolean contain(long id) {
		if (isKnown(id)) {
			return true;
		}
		if (this.others.contains(id) || System.nanoTime() - this.searchedAt < BETWEEN_SEARCHES) {
			return false;
		}
		searchAgain();
		return isKnown(id);
	}

	private synchronized void searchAgain() {
		if (System.nanoTime() - this.searchedAt >= BETWEEN_SEARCHES) {
			search();
		}
	}

	/**
	 * Returns whether a thread was an event loop at the last search, or some moments
	 * before.
	 */
	boolean isKnown(long id) {
		return this.loops.containsKey(id);
	}

	/**
	 * Returns the loader that finds the classes on the stack of an event loop.
	 */
	@Nullable ClassLoader loader(long id) {
		Known known = this.loops.get(id);
		Thread thread = (known != null) ? known.thread.get() : null;
		return (thread != null) ? thread.getContextClassLoader() : null;
	}

	private static final class Known {

		private final Reference<Thread> thread;

		private long seen;

		private Known(Reference<Thread> thread) {
			this.thread = thread;
		}

	}

}
