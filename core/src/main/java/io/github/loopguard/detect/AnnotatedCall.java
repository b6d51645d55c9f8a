package io.github.loopguard.detect;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.policy.Decision;

/**
 * The call of an annotated method that is open on one event loop, with those inside it.
 * Confined to the event loop.
 */
final class AnnotatedCall {

	private static final long STUCK = TimeUnit.SECONDS.toNanos(60);

	/** Accepts the call unless what blocked inside it is taken at least as seriously. */
	final Predicate<CallPath> unreported = this::isUnreported;

	final Occurrence occurrence = new Occurrence();

	private final OpenHooks hooks = new OpenHooks();

	/** When the outermost method was entered, in nanoseconds. */
	private long entered;

	/** The strongest action on what has blocked inside, or {@code null}. */
	private @Nullable Action inside;

	/** Whether something blocked inside that an allowance covers. */
	private boolean allowed;

	/**
	 * Enters an annotated method.
	 * @return whether it is the outermost one
	 */
	boolean enter(int id, long now) {
		if (!this.hooks.isEmpty() && now - this.entered > STUCK) {
			// Its return was missed, or nobody waits for it any more.
			this.hooks.clear();
		}
		boolean outermost = this.hooks.isEmpty();
		this.hooks.enter(id, false);
		if (outermost) {
			this.entered = now;
			this.inside = null;
			this.allowed = false;
		}
		return outermost;
	}

	/**
	 * Leaves an annotated method.
	 * @return whether it was the outermost one
	 */
	boolean leave(int id) {
		return this.hooks.leave(id);
	}

	/**
	 * Notes that something blocks, if this call is open.
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
		if (action != Action.OFF && (this.inside == null || this.inside.compareTo(action) < 0)) {
			this.inside = action;
		}
	}

	/**
	 * Returns whether nothing has blocked inside.
	 */
	boolean isQuiet() {
		return this.inside == null && !this.allowed;
	}

	/**
	 * Returns whether what has blocked inside is taken at least as seriously as this
	 * action.
	 */
	boolean outweighs(Action action) {
		return this.inside != null && this.inside.compareTo(action) >= 0;
	}

	/**
	 * Returns how long the call has taken, in nanoseconds.
	 */
	long nanos(long now) {
		return now - this.entered;
	}

	/**
	 * Leaves time out that Loopguard itself took.
	 */
	void exclude(long nanos) {
		this.entered += nanos;
	}

	private boolean isUnreported(CallPath path) {
		return path.isAllowed() ? !this.allowed : !outweighs(path.decision().action());
	}

}
