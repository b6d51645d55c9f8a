package io.github.loopguard.detect;

import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.history.CallHistory;
import io.github.loopguard.detect.history.Hooked;
import io.github.loopguard.detect.history.OpenSince;
import io.github.loopguard.detect.stack.Attribution;
import io.github.loopguard.detect.timeline.Timeline.Span;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * The call that blocks one event loop, from the moment it blocks until it ends. One
 * object for each event loop, used again for each of its occurrences, so that nothing is
 * allocated. Confined to the event loop.
 */
final class Occurrence implements Hooked {

	private @Nullable CallPath path;

	private OccurrenceListener.@Nullable Progress progress;

	/** The last call of this turn with which later ones may go on. */
	private @Nullable CallPath opener;

	private boolean continued;

	private boolean allowed;

	/** Counts the calls of the allowance, as soon as one has begun. */
	private @Nullable OccurrenceCounter allowedBy;

	/** Whether an allowance covers whatever blocks in the call. */
	private boolean covered;

	/** Also read by other threads. */
	private final OpenSince since = new OpenSince();

	/** What may enclose the call, and holds the loop as long, or {@code null}. */
	private final @Nullable Occurrence around;

	/** The calls of the event loop that have ended. */
	private final CallHistory history;

	private final Supplier<@Nullable Span> spans;

	private @Nullable Span span;

	private @Nullable RequestSource request;

	/**
	 * Creates what is open at most once on an event loop.
	 * @param around what may enclose it, or {@code null}
	 * @param history gets the calls that have ended
	 * @param spans begins what a recording shows of a call
	 */
	Occurrence(@Nullable Occurrence around, CallHistory history, Supplier<@Nullable Span> spans) {
		this.around = around;
		this.history = history;
		this.spans = spans;
	}

	/**
	 * Also with what encloses them. Other threads may miss what ends at this moment.
	 */
	@Override
	public long heldSoFar() {
		long since = (this.around != null) ? this.around.openSince() : 0;
		since = (since != 0) ? since : this.since.get();
		return this.history.heldNanos() + ((since != 0) ? System.nanoTime() - since : 0);
	}

	/** Returns the counter of the occurrence that is open, or else of the last one. */
	@Override
	public @Nullable OccurrenceCounter latest() {
		OccurrenceCounter open = held();
		return (open != null) ? open : this.history.latest();
	}

	/**
	 * Returns the counter of the occurrence that is open, or else of what encloses it, or
	 * {@code null} if none is. Called by other threads.
	 */
	@Override
	public @Nullable OccurrenceCounter held() {
		CallPath path = (this.since.get() != 0) ? this.path : null;
		if (path != null) {
			return path.counter();
		}
		return (this.around != null) ? this.around.held() : null;
	}

	/**
	 * Returns when the occurrence has begun that is open, or else what encloses it, or
	 * zero if none is. Called by other threads.
	 */
	long openSince() {
		long since = this.since.get();
		return (since != 0 || this.around == null) ? since : this.around.openSince();
	}

	/** Returns whether a call blocks that no allowance covers. */
	boolean isOpen() {
		return this.path != null;
	}

	/** Returns whether a call blocks, allowed or not, and has not ended. */
	boolean hasBegun() {
		return this.path != null || this.allowed;
	}

	/** Returns whether it is known what becomes of whatever else blocks in the call. */
	boolean isDecided() {
		return this.path != null || this.covered;
	}

	/** Returns the last call with which later ones may go on. */
	@Nullable CallPath opener() {
		return this.opener;
	}

	/** Ends the use of what was opened: nothing goes on with it. */
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
			this.span = this.spans.get();
			this.since.begin();
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
		this.request = request;
		path.counter().begun();
		this.progress = (listener != null) ? listener.begun(path.counter(), request) : null;
	}

	private void allow(CallPath call) {
		if (this.allowed) {
			return;
		}
		this.allowed = true;
		this.allowedBy = call.counter();
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

	/** Returns whether the call that has just begun is to fail. */
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

	/** Notes that the call was to fail and goes on. */
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
		try {
			if (path != null) {
				this.history.ended(path.counter(), (this.around != null && this.around.isOpen()) ? 0 : nanos);
			}
			this.history.keep(counter(), nanos);
			if (this.span != null && path != null) {
				this.span.end(path.counter(), nanos);
			}
			if (path != null && this.continued) {
				path.counter().continued(nanos);
			}
			else if (path != null) {
				path.counter().ended(nanos);
				if (this.request != null) {
					this.request.ended(path.counter(), nanos);
				}
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
	 * Returns what counts the call that has begun, or {@code null} if none has.
	 */
	@Nullable OccurrenceCounter counter() {
		return (this.path != null) ? this.path.counter() : this.allowedBy;
	}

	/**
	 * Tells the violation if the call has lasted too long to wait for its end. Called by
	 * the ledger's thread, which may miss a call that ends at this moment.
	 * @param patience how long a call may last, in nanoseconds
	 */
	void tellIfLasting(long patience) {
		long since = this.since.get();
		CallPath path = this.path;
		long lasted = System.nanoTime() - since;
		if (since != 0 && lasted >= patience && path != null && this.since.isStill(since)) {
			path.counter().lasts(lasted);
		}
	}

	/** Ends a call whose return is not seen. */
	void giveUp() {
		CallPath path = this.path;
		try {
			this.history.keepBegun(counter());
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
		this.since.end();
		this.path = null;
		this.progress = null;
		this.continued = false;
		this.allowed = false;
		this.allowedBy = null;
		this.span = null;
		this.request = null;
		this.covered = false;
	}

}
