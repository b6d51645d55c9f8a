package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.detect.stack.AttributedCall;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Decision;
import io.github.loopguard.policy.Finding;

/**
 * One way through the code to a blocking call, with the decision about it. Found by
 * walking the stack once; looked up by its hash from then on.
 *
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param site class and method of the site, or {@code null} if there is none
 * @param lazy whether later calls at the same site may go on with it
 * @param consuming whether the call consumes what a lazy API returned
 * @param preventable whether an error thrown instead of the call leaves nothing broken
 * @param decision what is done about it
 * @param counted whether it has a counter of its own: it needs none as long as it only
 * goes on with calls that were counted before
 * @param counter counts its occurrences
 */
record CallPath(String rule, String api, @Nullable String site, boolean lazy, boolean consuming, boolean preventable,
		Decision decision, boolean counted, OccurrenceCounter counter) {

	/**
	 * Returns a path that has only gone on with calls that were counted before.
	 */
	static CallPath of(AttributedCall call, Decision decision) {
		Finding finding = call.finding();
		Frame site = finding.site();
		return new CallPath(finding.rule(), finding.api(),
				(site != null) ? site.className() + "#" + site.methodName() : null, call.lazy(), call.consuming(),
				finding.preventable(), decision, false, OccurrenceCounter.IGNORED);
	}

	/**
	 * Returns the same path with a counter of its own.
	 */
	CallPath countedBy(OccurrenceCounter counter) {
		return new CallPath(this.rule, this.api, this.site, this.lazy, this.consuming, this.preventable, this.decision,
				true, counter);
	}

	/**
	 * Returns whether this goes on with what the other began, so that both are one call.
	 * A documented call of the same kind beside it is a call of its own; so is the use of
	 * something of another kind.
	 */
	boolean continues(@Nullable CallPath opener) {
		return opener != null && this.consuming && this.site != null && this.site.equals(opener.site)
				&& (!this.lazy || this.rule.equals(opener.rule));
	}

	boolean isAllowed() {
		return this.decision.allowance() != null;
	}

	/**
	 * Returns whether the policy wants the call to fail.
	 */
	boolean isToFail() {
		return this.decision.action() == Action.FAIL && !isAllowed();
	}

}
