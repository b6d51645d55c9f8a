package io.github.loopguard.detect;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.history.PastCall;
import io.github.loopguard.detect.history.PastCall.Source;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * What the recorder keeps, by event loop.
 */
final class LoopThreads {

	private static final ThreadLocal<@Nullable LoopThread> CURRENT = new ThreadLocal<>();

	/** Of all event loops that live. */
	private static final Queue<Reference<LoopThread>> ALL = new ConcurrentLinkedQueue<>();

	/** Of an event loop for which there is no space: its calls do not count. */
	private static final LoopThread NONE = none();

	private LoopThreads() {
	}

	/**
	 * Returns the state of the current thread, or {@code null} if it is no event loop.
	 */
	static @Nullable LoopThread currentIfLoop() {
		return EventLoops.isCurrent() ? current() : null;
	}

	/**
	 * Returns the state of the current thread, or {@code null} if it has none yet.
	 */
	static @Nullable LoopThread known() {
		return CURRENT.get();
	}

	/**
	 * Returns the state of the current thread, which is known to be an event loop.
	 */
	static LoopThread current() {
		LoopThread known = CURRENT.get();
		if (known != null) {
			return known;
		}
		try {
			LoopThread created = new LoopThread();
			ALL.add(new WeakReference<>(created));
			CURRENT.set(created);
			return created;
		}
		catch (OutOfMemoryError | StackOverflowError ex) {
			return NONE;
		}
	}

	/**
	 * Forgets the state of the current thread, which is no event loop.
	 */
	static void forget() {
		LoopThread known = CURRENT.get();
		CURRENT.remove();
		ALL.removeIf((reference) -> reference.get() == known);
	}

	/**
	 * Returns the state of any thread.
	 * @param id identifier of the thread
	 * @return its state, or {@code null} if it has met no hook
	 */
	static @Nullable LoopThread of(long id) {
		for (Reference<LoopThread> reference : ALL) {
			LoopThread thread = reference.get();
			if (thread != null && thread.id() == id) {
				return thread;
			}
		}
		return null;
	}

	/**
	 * Finds the call that held a thread for most of some time and that a hook saw.
	 * @param id identifier of the thread
	 * @param from when the time begins, in nanoseconds
	 * @param to when it ends, in nanoseconds
	 * @return the call, or {@code null} if there is none
	 */
	static @Nullable PastCall during(long id, long from, long to) {
		LoopThread thread = of(id);
		if (thread == null) {
			return null;
		}
		long since = thread.occurrence.openSince();
		OccurrenceCounter open = thread.occurrence.held();
		if (since != 0 && open != null) {
			PastCall call = new PastCall(open, since, System.nanoTime(), Source.HOOK);
			if (call.covers(from, to)) {
				return call;
			}
		}
		return thread.history.find(from, to);
	}

	private static LoopThread none() {
		LoopThread none = new LoopThread();
		none.busy = true;
		return none;
	}

	/**
	 * Ends what the previous turn of the current thread has opened.
	 */
	static void nextTurn() {
		LoopThread known = CURRENT.get();
		if (known != null) {
			known.occurrence.endUse();
		}
	}

	/**
	 * Tells violations whose call has lasted too long to wait for its end. Called by the
	 * ledger's thread.
	 * @param patience how long a call may last, in nanoseconds
	 * @param paths counts those that are told
	 */
	static void tellLastingCalls(long patience, PathFinder paths) {
		for (Iterator<Reference<LoopThread>> all = ALL.iterator(); all.hasNext();) {
			LoopThread thread = all.next().get();
			if (thread == null) {
				all.remove();
			}
			else {
				thread.occurrence.tellIfLasting(patience);
				thread.enclosing.tellIfLasting(patience);
				thread.annotated.tellIfLasting(patience, paths);
			}
		}
	}

}
