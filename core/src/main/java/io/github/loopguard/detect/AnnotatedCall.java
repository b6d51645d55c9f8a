package io.github.loopguard.detect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Decision;

/**
 * The call of an annotated method that is open on one event loop: of those inside each
 * other the one that is taken most seriously, the outermost among equals. Confined to the
 * event loop, except that the ledger's thread tells a call that lasts.
 */
final class AnnotatedCall {

	private static final VarHandle STATE = state();

	private final OpenHooks hooks = new OpenHooks();

	/** When the outermost method was entered, in nanoseconds. */
	private long started;

	private @Nullable CallPath path;

	private @Nullable PolicyVersion version;

	/** Hook of the method. */
	private int hook;

	/** Key of the path, or zero if the stack was not walked. */
	private long key;

	/** How many methods were open before the call. */
	private int depth;

	/** When the call was entered, in nanoseconds. */
	private long entered;

	/**
	 * When the call was entered, as an odd number; an even one once it was told while it
	 * lasts; zero if there is none.
	 */
	private long state;

	/** The strongest action on what has blocked inside, or {@code null}. */
	private volatile @Nullable Action inside;

	/** Whether something blocked inside that an allowance covers. */
	private volatile boolean allowed;

	/**
	 * Enters an annotated method.
	 */
	void enter(int id, long now) {
		if (this.hooks.isEmpty()) {
			this.started = now;
			this.inside = null;
			this.allowed = false;
		}
		this.hooks.enter(id, false);
	}

	/**
	 * Returns whether the method that was just entered may be taken more seriously than
	 * the call around it and what has blocked inside. One that calls itself, or is called
	 * by a bridge, is one call.
	 * @param id number of its hook
	 * @param strongest strongest action on calls of annotated methods
	 */
	boolean mayMatter(int id, Action strongest) {
		return !outweighs(strongest)
				&& (this.path == null || (this.hook != id && this.path.decision().action().compareTo(strongest) < 0));
	}

	/**
	 * Makes the call of the method that was just entered the one to be recorded, if it is
	 * taken more seriously than the one around it.
	 * @param id number of its hook
	 * @param path the way to it
	 * @param key key of the path, or zero if the stack was not walked
	 */
	void begin(int id, CallPath path, PolicyVersion version, long key, long now) {
		if (this.path == null || this.path.decision().action().compareTo(path.decision().action()) < 0) {
			end();
			this.path = path;
			this.version = version;
			this.hook = id;
			this.key = key;
			this.depth = this.hooks.depth() - 1;
			this.entered = now;
			STATE.setRelease(this, System.nanoTime() | 1);
		}
	}

	/**
	 * Leaves an annotated method.
	 * @return whether the call to be recorded is over
	 */
	boolean leave(int id) {
		this.hooks.leave(id);
		return this.path != null && this.hooks.depth() <= this.depth;
	}

	/**
	 * Ends the call.
	 * @return whether it was told, and so counted, while it lasted
	 */
	boolean end() {
		long state = (long) STATE.getAndSet(this, 0L);
		return state != 0 && (state & 1) == 0;
	}

	/**
	 * Returns the way to the call that has ended, or {@code null} if what has blocked
	 * inside says more. From then on this has blocked inside the calls around it.
	 * @param paths counts the path
	 * @param told whether the call is counted already
	 */
	@Nullable CallPath ended(PathFinder paths, boolean told) {
		CallPath path = this.path;
		this.path = null;
		if (path == null || !(told || isUnreported(path))) {
			return null;
		}
		blocked(path.decision());
		return paths.counted(Objects.requireNonNull(this.version), this.key, path);
	}

	/**
	 * Tells the violation if the call has lasted too long to wait for its end, unless
	 * what has blocked inside says more. Called by the ledger's thread.
	 * @param patience how long a call may last, in nanoseconds
	 * @param paths counts the path
	 */
	void tellIfLasting(long patience, PathFinder paths) {
		long state = (long) STATE.getAcquire(this);
		CallPath path = this.path;
		PolicyVersion version = this.version;
		long key = this.key;
		long lasted = System.nanoTime() - state;
		if ((state & 1) == 0 || lasted < patience || path == null || version == null || path.isAllowed()
				|| !isUnreported(path)) {
			return;
		}
		if (STATE.compareAndSet(this, state, state - 1)) {
			OccurrenceCounter counter = paths.counted(version, key, path).counter();
			counter.begun();
			counter.lasts(lasted);
		}
	}

	/**
	 * Returns whether the stack of the call was walked.
	 */
	boolean isWalked() {
		return this.key != 0;
	}

	/**
	 * Notes that something blocks, if a call is open.
	 */
	void blocked(Decision decision) {
		if (this.hooks.isEmpty()) {
			return;
		}
		if (decision.allowance() != null) {
			this.allowed = true;
			return;
		}
		Action action = decision.untolerated();
		if (action == Action.LOG && !decision.logFrom().isZero()) {
			action = Action.OBSERVE;
		}
		Action inside = this.inside;
		if (action != Action.OFF && (inside == null || inside.compareTo(action) < 0)) {
			this.inside = action;
		}
	}

	/**
	 * Returns how long the call has taken, in nanoseconds.
	 */
	long nanos(long now) {
		return now - this.entered;
	}

	/**
	 * Returns how long the outermost method has taken, in nanoseconds.
	 */
	long sinceStart(long now) {
		return now - this.started;
	}

	/**
	 * Leaves time out that Loopguard itself took.
	 */
	void exclude(long nanos) {
		this.entered += nanos;
		this.started += nanos;
	}

	/**
	 * Returns whether no annotated method is open.
	 */
	boolean isOver() {
		return this.hooks.isEmpty();
	}

	/**
	 * Returns the hook of the outermost method that is open.
	 */
	int outermost() {
		return this.hooks.outermost();
	}

	/**
	 * Gives up a call whose return was missed.
	 */
	void giveUp() {
		STATE.setRelease(this, 0L);
		this.path = null;
		this.hooks.clear();
	}

	private boolean isUnreported(CallPath path) {
		return path.isAllowed() ? !this.allowed : !outweighs(path.decision().action());
	}

	/**
	 * Returns whether what has blocked inside is taken at least as seriously as this
	 * action.
	 */
	private boolean outweighs(Action action) {
		Action inside = this.inside;
		return inside != null && inside.compareTo(action) >= 0;
	}

	private static VarHandle state() {
		try {
			return MethodHandles.lookup().findVarHandle(AnnotatedCall.class, "state", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
