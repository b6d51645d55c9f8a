package io.github.loopguard.detect;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Finding;

/**
 * One way through the code to a blocking call, with what is to be done about it. Found by
 * walking the stack once; looked up by its hash from then on.
 *
 * @param tally where its occurrences are counted
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param site class and method of the site, or {@code null} if there is none
 * @param lazy whether what the call returned goes on blocking at the same site
 * @param consuming whether the call consumes what a lazy API returned
 * @param prevented whether the call is prevented
 * @param heldBack whether the call ought to be prevented but cannot be, safely
 * @param pending what was found, while it has only gone on with calls that were counted
 * before and so has no tally of its own; {@code null} otherwise
 * @param allowance what lets its occurrences pass, or {@code null} if nothing does
 */
record CallPath(OccurrenceCounter tally, String rule, String api, @Nullable String site, boolean lazy,
		boolean consuming, boolean prevented, boolean heldBack, @Nullable Finding pending,
		@Nullable Allowance allowance) {

	/**
	 * Tells whether this goes on with what the other began, so that both are one call. A
	 * documented call of the same kind beside it is a call of its own.
	 */
	boolean continues(@Nullable CallPath opener) {
		return opener != null && this.consuming && !this.lazy && this.site != null
				&& Objects.equals(this.site, opener.site);
	}

	/**
	 * Returns the same path with a tally of its own.
	 */
	CallPath countedBy(OccurrenceCounter tally) {
		return new CallPath(tally, this.rule, this.api, this.site, this.lazy, this.consuming, this.prevented,
				this.heldBack, null, this.allowance);
	}

}
