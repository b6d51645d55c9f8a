package io.github.loopguard.ledger;

import java.time.Duration;

import io.github.loopguard.Action;

/**
 * What is done about the occurrences of a violation, and where they are added up.
 *
 * @param action the policy's action
 * @param sum sum of what that action is for
 * @param quiet sum of what is too short for it; the same where nothing is
 * @param logFrom how long a call must take to be logged
 */
record Classification(Action action, Total sum, Total quiet, Duration logFrom) {

	/**
	 * Takes away from another classification what was counted there, and adds it here.
	 */
	void takeOver(Counts counts, Classification other) {
		other.add(counts, -1);
		add(counts, 1);
	}

	private void add(Counts counts, int sign) {
		this.quiet.occurred(sign * counts.quietCount());
		this.quiet.held(sign * counts.quietCount(), sign * counts.quietNanos());
		this.sum.occurred(sign * (counts.summed() - counts.quietCount()));
		this.sum.held(sign * (counts.heldCount() - counts.quietCount()),
				sign * (counts.heldNanos() - counts.quietNanos()));
	}

}
