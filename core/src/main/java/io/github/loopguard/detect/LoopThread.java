package io.github.loopguard.detect;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.Ledger;

/**
 * What the recorder keeps for one event loop. Confined to its thread.
 */
final class LoopThread {

	private static final ThreadLocal<@Nullable LoopThread> CURRENT = new ThreadLocal<>();

	/** Of all event loops that live. */
	private static final Queue<Reference<LoopThread>> ALL = new ConcurrentLinkedQueue<>();

	final OpenHooks hooks = new OpenHooks();

	final Occurrence occurrence = new Occurrence();

	final ClassLoadingBurst classLoading = new ClassLoadingBurst();

	private final FirstUse firstUse = new FirstUse();

	final Sampler sampler = new Sampler();

	/** When the outermost hook of the call was entered, in nanoseconds. */
	private long entered;

	/** When the outermost hook was entered that encloses the call, in nanoseconds. */
	private long enclosed;

	/** Whether Loopguard's own code runs, so that its calls do not count. */
	boolean busy;

	/** Takes the hooks that fire instead of the recorder, or {@code null}. */
	@Nullable BitSet probed;

	private LoopThread() {
	}

	/**
	 * Notes when a call begins that is about to be entered, unless one is open.
	 */
	void entering(long now) {
		if (this.hooks.isEmpty()) {
			this.enclosed = now;
		}
		if (this.hooks.isIdle()) {
			this.entered = now;
		}
	}

	/**
	 * Returns when the call began that is open, or was left last.
	 */
	long since() {
		return this.hooks.isEnclosed() ? this.enclosed : this.entered;
	}

	/**
	 * Leaves time out that Loopguard itself took.
	 */
	void exclude(long nanos) {
		this.entered += nanos;
		this.enclosed += nanos;
	}

	/**
	 * Returns the state of the current thread, or {@code null} if it is no event loop.
	 */
	static @Nullable LoopThread currentIfLoop() {
		return EventLoops.isCurrent() ? current() : null;
	}

	/**
	 * Returns the state of the current thread, which is known to be an event loop.
	 */
	static LoopThread current() {
		LoopThread known = CURRENT.get();
		if (known != null) {
			return known;
		}
		LoopThread created = new LoopThread();
		CURRENT.set(created);
		ALL.add(new WeakReference<>(created));
		return created;
	}

	/**
	 * Tells violations whose call has lasted too long to wait for its end. Called by the
	 * ledger's thread.
	 * @param patience how long a call may last, in nanoseconds
	 */
	static void tellLastingCalls(long patience) {
		for (Iterator<Reference<LoopThread>> all = ALL.iterator(); all.hasNext();) {
			LoopThread thread = all.next().get();
			if (thread == null) {
				all.remove();
			}
			else {
				thread.occurrence.tellIfLasting(patience);
			}
		}
	}

	/**
	 * Counts a class as a cold start if it is loaded because code runs for the first
	 * time.
	 * @param className internal name of the class
	 * @param loader the loader that defines it
	 * @param ledger counts it
	 * @return whether it was counted
	 */
	boolean startsCold(String className, ClassLoader loader, Ledger ledger) {
		this.busy = true;
		try {
			return this.firstUse.add(className, loader, ledger);
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			return false;
		}
		finally {
			this.busy = false;
		}
	}

}
