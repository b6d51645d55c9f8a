package io.github.loopguard.detect;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.history.CallHistory;
import io.github.loopguard.detect.stack.RunningMethods;
import io.github.loopguard.detect.timeline.Timeline;
import io.github.loopguard.ledger.Ledger;

/**
 * What the recorder keeps for one event loop. Confined to its thread.
 */
final class LoopThread {

	private static final long FIRST_CHECK = TimeUnit.MILLISECONDS.toNanos(1);

	private final long id = Thread.currentThread().getId();

	final OpenHooks hooks = new OpenHooks();

	final CallHistory history = new CallHistory();

	/** The call that encloses others, which blocks by those of its rule. */
	final Occurrence enclosing = new Occurrence(null, this.history, Timeline::begin);

	/** The call that blocks, unless it is part of what encloses it. */
	final Occurrence occurrence = new Occurrence(this.enclosing, this.history, Timeline::begin);

	final AnnotatedCall annotated = new AnnotatedCall();

	final ClassLoadingBurst classLoading = new ClassLoadingBurst();

	private final FirstUse firstUse = new FirstUse();

	final Sampler sampler = new Sampler();

	/** When the outermost hook of the call was entered, in nanoseconds. */
	private long entered;

	/** When the outermost hook was entered, in nanoseconds. */
	private long outermost;

	/** When the call was entered that happens to run the one that is open. */
	private long host;

	/** Whether Loopguard's own code runs, so that its calls do not count. */
	boolean busy;

	/** Whether something failed, so that what is open may have been left unnoticed. */
	boolean suspect;

	/** When to look next whether the outermost hook is open, in nanoseconds. */
	private long nextCheck;

	/** Whether something blocked while Loopguard's own code ran. */
	private boolean blocked;

	/** Takes the hooks that fire instead of the recorder, or {@code null}. */
	@Nullable BitSet probed;

	/**
	 * The last call that opened something whose use blocks. Loopguard 0.1 took such use
	 * for a part of it in later turns, too.
	 */
	@Nullable CallPath opened;

	/** The call that loads the class which is being initialised, if one does. */
	@Nullable CallPath loading;

	/**
	 * Notes when a call begins that is about to be entered, unless one is open.
	 */
	void entering(long now) {
		if (this.hooks.isEmpty()) {
			this.outermost = now;
			this.nextCheck = this.annotated.isOver() ? now + FIRST_CHECK : this.nextCheck;
		}
		if (this.hooks.isIdle()) {
			this.entered = now;
			this.loading = null;
		}
	}

	/**
	 * Lets the call that begins to block be one of its own inside the outermost one,
	 * which only happens to run it.
	 * @param host outermost hook of the call
	 * @param now when it begins to block, in nanoseconds
	 */
	void host(int host, long now) {
		if (!this.hooks.isHosted()) {
			this.host = this.entered;
		}
		this.entered = now;
		this.hooks.host(host);
	}

	/** Returns whether a call blocks that no allowance covers. */
	boolean isBlocked() {
		return this.occurrence.isOpen() || this.enclosing.isOpen();
	}

	/**
	 * Returns whether to look if what is open goes on: after a failure, and at longer and
	 * longer intervals while it lasts.
	 */
	boolean isToBeChecked(long now) {
		return this.suspect || (now - this.nextCheck > 0 && !(this.hooks.isEmpty() && this.annotated.isOver()));
	}

	/**
	 * Gives up what is open if its return was missed.
	 * @param hooks returns a hook by its number
	 * @return whether something was given up
	 */
	boolean heal(IntFunction<Hook> hooks, long now) {
		enterOwnCode();
		try {
			boolean lost = !this.annotated.isOver() && !RunningMethods.contain(hooks.apply(this.annotated.outermost()));
			if (lost) {
				this.annotated.giveUp();
			}
			lost |= giveUpLeft();
			while (!this.hooks.isEmpty() && !RunningMethods.contain(hooks.apply(this.hooks.first()))) {
				lost = true;
				this.hooks.forget();
				giveUpLeft();
			}
			this.nextCheck = now + Math.max(FIRST_CHECK, Math.max(this.hooks.isEmpty() ? 0 : now - this.outermost,
					this.annotated.isOver() ? 0 : this.annotated.sinceStart(now)));
			this.suspect = false;
			return lost;
		}
		finally {
			leaveOwnCode();
		}
	}

	private boolean giveUpLeft() {
		boolean lost = (this.hooks.isIdle() && this.occurrence.hasBegun())
				|| (this.hooks.isEmpty() && this.enclosing.hasBegun());
		if (this.hooks.isIdle()) {
			this.occurrence.giveUp();
			returnToHost();
		}
		if (this.hooks.isEmpty()) {
			this.enclosing.giveUp();
		}
		return lost;
	}

	/**
	 * Ends the calls that were left, if anything blocked in them.
	 * @return whether something did that no allowance covers
	 */
	boolean left() {
		boolean open = this.occurrence.isOpen() || (this.enclosing.isOpen() && this.hooks.isEmpty());
		if (this.occurrence.hasBegun()) {
			end(System.nanoTime());
		}
		returnToHost();
		if (this.enclosing.hasBegun() && this.hooks.isEmpty()) {
			end(this.enclosing, System.nanoTime() - this.outermost);
		}
		return open;
	}

	/**
	 * Ends the call that blocks. Its listener may fail, or block.
	 */
	void end(long now) {
		try {
			end(this.occurrence, now - this.entered);
		}
		finally {
			returnToHost();
		}
	}

	/**
	 * Ends the call that blocks, whose return is not seen, if one does. Its listener may
	 * fail, or block.
	 * @return whether one did that no allowance covers
	 */
	boolean giveUp() {
		boolean open = this.occurrence.isOpen();
		enterOwnCode();
		try {
			this.occurrence.giveUp();
		}
		finally {
			returnToHost();
			leaveOwnCode();
		}
		return open;
	}

	private void end(Occurrence occurrence, long nanos) {
		enterOwnCode();
		try {
			occurrence.end(nanos);
		}
		finally {
			leaveOwnCode();
		}
	}

	private void returnToHost() {
		if (this.hooks.isHosted()) {
			this.entered = this.host;
			this.hooks.ended();
		}
	}

	/**
	 * Leaves time out that Loopguard itself took.
	 */
	void exclude(long nanos) {
		this.entered += nanos;
		this.outermost += nanos;
		this.host += nanos;
		this.nextCheck += nanos;
		this.annotated.exclude(nanos);
	}

	/**
	 * Counts a class as a cold start if it is loaded because code runs for the first
	 * time.
	 * @param className internal name of the class, or {@code null} if none is loaded
	 * @param loader the loader that defines it
	 * @param ledger counts it
	 * @return whether it was counted
	 */
	boolean startsCold(@Nullable String className, @Nullable ClassLoader loader, Ledger ledger) {
		if (className == null || loader == null) {
			return false;
		}
		enterOwnCode();
		try {
			return this.firstUse.add(className, loader, ledger);
		}
		finally {
			leaveOwnCode();
		}
	}

	/**
	 * Returns whether hooks are proved; notes the one that has fired.
	 */
	boolean isProbed(int id) {
		if (this.probed != null) {
			this.probed.set(id);
		}
		return this.probed != null;
	}

	/** Returns the identifier of the thread. */
	long id() {
		return this.id;
	}

	/**
	 * Returns whether what blocks does not count at the moment.
	 */
	boolean isDeaf() {
		return this.busy || this.probed != null;
	}

	void enterOwnCode() {
		this.busy = true;
	}

	/**
	 * Notes that a hook fired in Loopguard's own code.
	 * @param blocks whether something blocks
	 */
	void ownCode(boolean blocks) {
		this.blocked |= blocks;
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
