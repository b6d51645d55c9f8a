package io.github.loopguard.detect;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Action;
import io.github.loopguard.violation.Finding;
import io.github.loopguard.violation.Frame;
import io.github.loopguard.violation.Ledger;
import io.github.loopguard.violation.Tally;

/**
 * One way through the code to a blocking call, with what is to be done about it. Found by
 * walking the stack once; looked up by its hash from then on. It enters the ledger only
 * when it counts: one that always goes on with another call is no violation.
 */
final class CallPath {

	private final Ledger ledger;

	private final Finding finding;

	private final @Nullable String site;

	private final boolean lazy;

	private final boolean consuming;

	private final boolean preventable;

	private volatile @Nullable Tally tally;

	/**
	 * Creates a path.
	 * @param ledger where its occurrences are counted
	 * @param finding what the stack told
	 * @param lazy whether what the call returned goes on blocking at the same site
	 * @param consuming whether the call consumes what a lazy API returned
	 * @param preventable whether an error can be thrown instead without harm
	 */
	CallPath(Ledger ledger, Finding finding, boolean lazy, boolean consuming, boolean preventable) {
		this.ledger = ledger;
		this.finding = finding;
		Frame frame = finding.site();
		this.site = (frame != null) ? frame.className() + "#" + frame.methodName() : null;
		this.lazy = lazy;
		this.consuming = consuming;
		this.preventable = preventable;
	}

	String rule() {
		return this.finding.rule();
	}

	String api() {
		return this.finding.api();
	}

	boolean lazy() {
		return this.lazy;
	}

	/**
	 * Returns where its occurrences are counted.
	 */
	Tally tally() {
		Tally known = this.tally;
		if (known == null) {
			known = this.ledger.tally(this.finding);
			this.tally = known;
		}
		return known;
	}

	/**
	 * Tells whether its violation has left the ledger.
	 */
	boolean isRetired() {
		Tally known = this.tally;
		return known != null && known.isRetired();
	}

	/**
	 * Tells whether the call is prevented.
	 */
	boolean prevented() {
		return this.preventable && tally().action() == Action.FAIL;
	}

	/**
	 * Tells whether the call ought to be prevented but cannot be, safely.
	 */
	boolean heldBack() {
		return !this.preventable && tally().action() == Action.FAIL;
	}

	/**
	 * Tells whether this goes on with what the other began, so that both are one call.
	 */
	boolean continues(@Nullable CallPath opener) {
		return opener != null && !this.lazy && this.site != null && Objects.equals(this.site, opener.site)
				&& (this.consuming || rule().equals(opener.rule()));
	}

}
