package io.github.loopguard.detect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.stack.Attribution;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * The call that blocks one event loop, from the moment it blocks until it ends. One
 * object for each event loop, used again for each of its occurrences, so that nothing is
 * allocated. Confined to the event loop.
 */
final class Occurrence {

	private static final VarHandle SINCE = since();

	private @Nullable CallPath path;

	private OccurrenceListener.@Nullable Progress progress;

	/** The last call of this turn with which later ones may go on. */
	private @Nullable CallPath opener;

	private boolean continued;

	private boolean allowed;

	/** Whether an allowance covers whatever blocks in the call. */
	private boolean covered;

	/** When it began, in nanoseconds, or zero. Also read by the ledger's thread. */
	private long since;

	/** What may enclose the call, and holds the loop as long, or {@code null}. */
	private final @Nullable Occurrence around;

	/** How long all occurrences so far have held the loop, and what was counted last. */
	private long heldNanos;

	private @Nullable CallPath last;

	/** When the last one has ended, in nanoseconds. */
	private long lastEnd;

	/**
	 * Creates what is open at most once on an event loop.
	 * @param around what may enclose it, or {@code null}
	 */
	Occurrence(@Nullable Occurrence around) {
		this.around = around;
	}

	/**
	 * Returns how long occurrences have held the loop since the start, and what encloses
	 * them. Called by other threads, which may miss what ends at this moment.
	 */
	long heldSoFar() {
		Occurrence around = this.around;
		long since = (long) SINCE.getAcquire(this);
		boolean holds = since != 0 && (around == null || !around.isUnderWay());
		long held = this.heldNanos + (holds ? System.nanoTime() - since : 0);
		return (around != null) ? held + around.heldSoFar() : held;
	}

	/**
	 * Returns the counter of the occurrence that is open, or else of the last one. Called
	 * by other threads.
	 */
	@Nullable OccurrenceCounter latest() {
		boolean open = (long) SINCE.getAcquire(this) != 0;
		CallPath path = this.path;
		Occurrence around = this.around;
		if (!(open && path != null) && around != null && around.isLaterThan(this)) {
			return around.latest();
		}
		CallPath latest = (open && path != null) ? path : this.last;
		return (latest != null) ? latest.counter() : null;
	}

	/**
	 * Returns whether an occurrence is open, or what encloses it. Called by other
	 * threads.
	 */
	boolean isUnderWay() {
		return (long) SINCE.getAcquire(this) != 0 || (this.around != null && this.around.isUnderWay());
	}

	private boolean isLaterThan(Occurrence other) {
		return isUnderWay() || (this.last != null && (other.last == null || this.lastEnd - other.lastEnd > 0));
	}

	/**
	 * Returns whether a call blocks that no allowance covers.
	 */
	boolean isOpen() {
		return this.path != null;
	}

	/**
	 * Returns whether a call blocks, allowed or not, and has not ended.
	 */
	boolean hasBegun() {
		return this.path != null || this.allowed;
	}

	/**
	 * Returns whether it is known what becomes of whatever else blocks in the call.
	 */
	boolean isDecided() {
		return this.path != null || this.covered;
	}

	/**
	 * Returns the last call with which later ones may go on.
	 */
	@Nullable CallPath opener() {
		return this.opener;
	}

	/**
	 * Ends the use of what was opened: nothing goes on with it.
	 */
	void endUse() {
		this.opener = null;
	}

	/**
	 * Begins. Within one call, only what comes first is counted.
	 * @param path the way to the call
	 * @param opener the call that it may go on with, or {@code null}
	 * @param listener is notified of the occurrence, or {@code null}
	 * @param request returns the request the event loop works on
	 */
	void begin(CallPath path, @Nullable CallPath opener, @Nullable OccurrenceListener listener, RequestSource request) {
		open(path, opener, listener, request);
		if (this.path != null) {
			SINCE.setRelease(this, System.nanoTime() | 1);
		}
	}

	private void open(CallPath path, @Nullable CallPath opener, @Nullable OccurrenceListener listener,
			RequestSource request) {
		this.continued = opener != null && path.continues(opener);
		CallPath call = (opener != null && this.continued) ? opener : path;
		if (call.isAllowed()) {
			allow(call);
			return;
		}
		this.path = call;
		if (this.continued) {
			return;
		}
		opened(path);
		path.counter().begun();
		this.progress = (listener != null) ? listener.begun(path.counter(), request) : null;
	}

	private void allow(CallPath call) {
		if (this.allowed) {
			return;
		}
		this.allowed = true;
		this.covered = call.covered();
		if (!this.continued) {
			opened(call);
			call.counter().begun();
		}
	}

	private void opened(CallPath path) {
		if (path.lazy()) {
			this.opener = path;
			RequestSource.Turn.announceNext();
		}
	}

	/**
	 * Returns whether the call that has just begun is to fail.
	 */
	boolean isToFail() {
		CallPath path = this.path;
		return path != null && !this.continued && path.isToFail();
	}

	/**
	 * Prevents the call that has just begun and is to fail, unless an error thrown
	 * instead of it might leave something broken or an allowance covers what surrounds
	 * it.
	 * @param attribution finds out whether a class is being initialised
	 * @param others whether code of others may run that this thread only happens to run
	 * @return the call to prevent, or {@code null} if it goes on
	 */
	@Nullable PreventedCall fail(Attribution attribution, boolean others) {
		CallPath path = Objects.requireNonNull(this.path);
		if (path.preventable() && !this.allowed && !others && !attribution.isInitialising()) {
			path.counter().prevented();
			if (this.progress != null) {
				this.progress.prevented();
			}
			return new PreventedCall(path.api(), path.rule());
		}
		heldBack();
		return null;
	}

	/**
	 * Notes that the call was to fail and goes on.
	 */
	void heldBack() {
		Objects.requireNonNull(this.path).counter().heldBack();
		if (this.progress != null) {
			this.progress.heldBack();
		}
	}

	/**
	 * Ends.
	 * @param nanos how long the call held the event loop, in nanoseconds
	 */
	void end(long nanos) {
		CallPath path = this.path;
		if (path != null) {
			this.heldNanos += (this.around != null && this.around.isOpen()) ? 0 : nanos;
			this.last = path;
			this.lastEnd = this.since + nanos;
		}
		try {
			if (path != null && this.continued) {
				path.counter().continued(nanos);
			}
			else if (path != null) {
				path.counter().ended(nanos);
				if (this.progress != null) {
					this.progress.ended(nanos);
				}
			}
		}
		finally {
			reset();
		}
	}

	/**
	 * Tells the violation if the call has lasted too long to wait for its end. Called by
	 * the ledger's thread, which may miss a call that ends at this moment.
	 * @param patience how long a call may last, in nanoseconds
	 */
	void tellIfLasting(long patience) {
		long since = (long) SINCE.getAcquire(this);
		CallPath path = this.path;
		long lasted = System.nanoTime() - since;
		VarHandle.loadLoadFence();
		if (since != 0 && lasted >= patience && path != null && (long) SINCE.getOpaque(this) == since) {
			path.counter().lasts(lasted);
		}
	}

	/**
	 * Ends a call whose return is not seen.
	 */
	void giveUp() {
		CallPath path = this.path;
		try {
			if (path != null && !this.continued) {
				path.counter().givenUp();
				if (this.progress != null) {
					this.progress.givenUp();
				}
			}
		}
		finally {
			reset();
		}
	}

	private void reset() {
		SINCE.setOpaque(this, 0L);
		VarHandle.storeStoreFence();
		this.path = null;
		this.progress = null;
		this.continued = false;
		this.allowed = false;
		this.covered = false;
	}

	private static VarHandle since() {
		try {
			return MethodHandles.lookup().findVarHandle(Occurrence.class, "since", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
