package io.github.loopguard.detect;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.RecordedViolation;
import io.github.loopguard.ledger.Recording;
import io.github.loopguard.ledger.RecordingSource;

/**
 * Counts the occurrences of call paths, from the moment they block until they return, and
 * decides which of them to prevent.
 */
final class PathCounter {

	private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);

	private final Ledger ledger;

	private final RequestSource requestSource;

	PathCounter(Ledger ledger, RequestSource requestSource) {
		this.ledger = ledger;
		this.requestSource = requestSource;
	}

	/**
	 * Counts an occurrence that has begun.
	 * @param thread the loop it blocks
	 * @param path its path
	 * @param attribution knows whether the thread initialises a class
	 * @return the call to prevent, or {@code null} to let it go on
	 */
	@Nullable PreventedCall begun(LoopThread thread, CallPath path, Attribution attribution) {
		if (path.allowance() != null) {
			if (!thread.allowed) {
				thread.allowed = true;
				path.tally().occurred(1);
			}
			return null;
		}
		CallPath opener = thread.opener;
		if (opener != null && path.continues(opener)) {
			thread.path = opener;
			thread.continued = true;
			return null;
		}
		thread.path = path;
		thread.continued = false;
		if (path.lazy()) {
			thread.opener = path;
		}
		path.tally().occurred(1);
		RecordedViolation recorded = record(path);
		thread.recorded = recorded;
		if (path.prevented() && !thread.allowed && !attribution.isInitialising()) {
			path.tally().prevented();
			if (recorded != null) {
				recorded.prevented();
			}
			return new PreventedCall(path.api(), path.rule());
		}
		if (path.prevented() || path.heldBack()) {
			path.tally().heldBack();
			if (recorded != null) {
				recorded.heldBack();
			}
		}
		return null;
	}

	/**
	 * Adds the time that the occurrence took which goes on, if one does.
	 */
	void ended(LoopThread thread) {
		CallPath path = thread.path;
		if (path != null) {
			long nanos = System.nanoTime() - thread.entered;
			path.tally().held(thread.continued ? 0 : 1, nanos);
			RecordedViolation recorded = thread.recorded;
			if (recorded != null) {
				recorded.returned(nanos);
				thread.recorded = null;
			}
		}
		thread.reset();
	}

	/**
	 * Stops waiting for the return of the occurrence that goes on, if one does.
	 */
	void givenUp(LoopThread thread) {
		CallPath path = thread.path;
		if (path != null && !thread.continued) {
			path.tally().givenUp();
		}
		thread.reset();
	}

	/**
	 * Counts a class that was loaded outside of other calls: what one call loads within a
	 * moment is one occurrence, whose return is not seen.
	 */
	void loaded(LoopThread thread, CallPath path, String className, long now) {
		CallPath loader = thread.loader;
		if (loader == null || now - thread.loaded > MOMENT || className.equals(thread.firstLoaded)
				|| !path.tally().isSameViolation(loader.tally())) {
			thread.firstLoaded = className;
			path.tally().occurred(1);
			RecordedViolation recorded = record(path);
			if (path.heldBack()) {
				path.tally().heldBack();
			}
			if (recorded != null) {
				recorded.givenUp();
			}
		}
		thread.loader = path;
		thread.loaded = System.nanoTime();
	}

	private @Nullable RecordedViolation record(CallPath path) {
		RecordingSource source = this.ledger.recordings();
		Recording recording = (source != null && path.allowance() == null) ? source.current() : null;
		return (recording != null) ? path.tally().record(recording, this.requestSource.current().route()) : null;
	}

}
