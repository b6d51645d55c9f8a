package io.github.loopguard.detect.flight;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.thread.LiveThreads;

/**
 * The event loops that live, by the identifier that events have.
 */
final class LoopThreadIds {

	/** A thread of which events may still come is remembered for so many searches. */
	private static final int SEARCHES = 8;

	private final Map<Long, Known> loops = new ConcurrentHashMap<>();

	private long search;

	/**
	 * Finds event loops that are new, and forgets those that have ended a while ago.
	 */
	void refresh() {
		this.search++;
		Set<Long> living = new HashSet<>();
		for (Thread thread : LiveThreads.all()) {
			if (thread.isAlive() && EventLoops.isWatched(thread)) {
				living.add(thread.getId());
				this.loops.computeIfAbsent(thread.getId(), (id) -> new Known(new WeakReference<>(thread)));
			}
		}
		this.loops.forEach((id, known) -> known.seen = living.contains(id) ? this.search : known.seen);
		this.loops.values().removeIf((known) -> this.search - known.seen > SEARCHES);
	}

	boolean contain(long id) {
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
