package io.github.loopguard.detect;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;

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
 * @param place class and method of the site or, if there is none, of the offender;
 * {@code null} if that is unknown
 * @param lazy whether later calls at the same place may go on with it
 * @param consuming whether the call consumes what a lazy API returned
 * @param preventable whether an error thrown instead of the call leaves nothing broken
 * @param covered whether an allowance covers all of the call, whatever blocks in it
 * @param decision what is done about it
 * @param uncounted what was found, until the path has a counter of its own: it needs none
 * as long as it only goes on with calls that were counted before; {@code null} from then
 * on
 * @param counter counts its occurrences
 */
record CallPath(String rule, String api, @Nullable String place, boolean lazy, boolean consuming, boolean preventable,
		boolean covered, Decision decision, @Nullable Uncounted uncounted, OccurrenceCounter counter) {

	/**
	 * Stands for all calls that another call only happens to run, and that are calls of
	 * their own.
	 */
	static final CallPath HOSTED = new CallPath("", "", null, false, false, false, false,
			new Decision(Action.OFF, Action.OFF, Duration.ZERO, null, null), null, OccurrenceCounter.IGNORED);

	/**
	 * Returns a path that has only gone on with calls that were counted before.
	 */
	static CallPath of(AttributedCall call, boolean covered, Decision decision) {
		Finding finding = call.finding();
		Frame place = (finding.site() != null) ? finding.site() : finding.offender();
		return new CallPath(finding.rule(), finding.api(),
				(place != null) ? place.className() + "#" + place.methodName() : null, call.lazy(), call.consuming(),
				finding.preventable(), covered, decision, Uncounted.of(finding), OccurrenceCounter.IGNORED);
	}

	/**
	 * Returns the same path with a counter of its own.
	 */
	CallPath countedBy(OccurrenceCounter counter) {
		return new CallPath(this.rule, this.api, this.place, this.lazy, this.consuming, this.preventable, this.covered,
				this.decision, null, counter);
	}

	/**
	 * Returns whether this goes on with what the other began, so that both are one call.
	 * A documented call of the same kind beside it is a call of its own; so is the use of
	 * something of another kind.
	 */
	boolean continues(@Nullable CallPath opener) {
		return opener != null && this.consuming && this.place != null && this.place.equals(opener.place)
				&& (!this.lazy || this.rule.equals(opener.rule));
	}

	/**
	 * Returns whether this opens something whose use blocks, and is no such use itself.
	 */
	boolean opens() {
		return this.lazy && !this.consuming && !isAllowed();
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

	/**
	 * Returns whether it has a counter of its own.
	 */
	boolean counted() {
		return this.uncounted == null;
	}

	/**
	 * What was found on a path without a counter. Keeps no class loader alive.
	 *
	 * @param kept without the class of the offender
	 * @param offender class of the offender as long as somebody else needs it
	 */
	record Uncounted(Finding kept, Reference<@Nullable Class<?>> offender) {

		private static Uncounted of(Finding finding) {
			return new Uncounted(finding.withoutClass(), new WeakReference<>(finding.offenderClass()));
		}

		Finding finding() {
			return this.kept.withClass(this.offender.get());
		}

	}

}
