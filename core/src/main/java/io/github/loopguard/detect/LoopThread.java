package io.github.loopguard.detect;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.Ledger;

/**
 * What the recorder keeps for one event loop. Confined to its thread.
 */
final class LoopThread {

	private static final long STUCK = TimeUnit.SECONDS.toNanos(60);

	/** Instead of a time, where the return of a call is not seen. */
	static final long UNSEEN = -1;

	private static final ThreadLocal<@Nullable LoopThread> CURRENT = new ThreadLocal<>();

	/** Of all event loops that live. */
	private static final Queue<Reference<LoopThread>> ALL = new ConcurrentLinkedQueue<>();

	private final long id = Thread.currentThread().getId();

	final OpenHooks hooks = new OpenHooks();

	final Occurrence occurrence = new Occurrence();

	final AnnotatedCall annotated = new AnnotatedCall();

	final ClassLoadingBurst classLoading = new ClassLoadingBurst();

	private final FirstUse firstUse = new FirstUse();

	final Sampler sampler = new Sampler();

	/** When the outermost hook of the call was entered, in nanoseconds. */
	private long entered;

	/** When the outermost hook was entered, in nanoseconds. */
	private long outermost;

	/** Whether Loopguard's own code runs, so that its calls do not count. */
	private boolean busy;

	/** Whether something blocked while Loopguard's own code ran. */
	private boolean blocked;

	/** Takes the hooks that fire instead of the recorder, or {@code null}. */
	@Nullable BitSet probed;

	LoopThread() {
	}

	/**
	 * Notes when a call begins that is about to be entered, unless one is open.
	 */
	void entering(long now) {
		if (this.hooks.isEmpty()) {
			this.outermost = now;
		}
		if (this.hooks.isIdle()) {
			this.entered = now;
		}
	}

	/**
	 * Returns when the call began that is open, or was left last.
	 */
	long since() {
		return this.hooks.isEnclosed() ? this.outermost : this.entered;
	}

	/**
	 * Returns whether the outermost hook was entered long ago. It still blocks, and a
	 * second report does no harm; or its return was missed.
	 */
	boolean isStuck(long now) {
		return !this.hooks.isEmpty() && now - this.outermost > STUCK;
	}

	/**
	 * Ends the call that is open, if one is. Its listener may fail, or block.
	 * @param nanos how long it held the event loop, in nanoseconds, or {@link #UNSEEN}
	 * @return whether nothing failed
	 */
	boolean end(long nanos) {
		enterOwnCode();
		try {
			if (nanos == UNSEEN) {
				this.occurrence.giveUp();
			}
			else {
				this.occurrence.end(nanos);
			}
			return true;
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			return false;
		}
		finally {
			this.hooks.ended();
			leaveOwnCode();
		}
	}

	/**
	 * Leaves time out that Loopguard itself took.
	 */
	void exclude(long nanos) {
		this.entered += nanos;
		this.outermost += nanos;
		this.annotated.exclude(nanos);
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
	 * Returns the state of any thread.
	 * @param id identifier of the thread
	 * @return its state, or {@code null} if it has met no hook
	 */
	static @Nullable LoopThread of(long id) {
		for (Reference<LoopThread> reference : ALL) {
			LoopThread thread = reference.get();
			if (thread != null && thread.id == id) {
				return thread;
			}
		}
		return null;
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
		enterOwnCode();
		try {
			return this.firstUse.add(className, loader, ledger);
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			return false;
		}
		finally {
			leaveOwnCode();
		}
	}

	/**
	 * Returns whether Loopguard's own code runs, so that its calls do not count.
	 */
	boolean isInOwnCode() {
		return this.busy;
	}

	void enterOwnCode() {
		this.busy = true;
	}

	/**
	 * Notes that something blocks in Loopguard's own code.
	 */
	void ownCodeBlocks() {
		this.blocked = true;
	}

	/**
	 * Leaves Loopguard's own code. If it has waited, it may have consumed the permit with
	 * which somebody has woken the thread, so the thread gets one: whoever parks has to
	 * expect to return without a reason.
	 */
	void leaveOwnCode() {
		this.busy = false;
		if (this.blocked) {
			this.blocked = false;
			LockSupport.unpark(Thread.currentThread());
		}
	}

}
