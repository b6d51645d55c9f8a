package io.github.loopguard.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.baseline.BaselineEntry;

/**
 * What is done about the occurrences of a finding.
 *
 * @param action the action in force
 * @param untolerated the action that would be in force without the baseline
 * @param logFrom how long a call must hold its loop to be logged, zero for any time
 * @param allowance the allowance that covers the call, or {@code null} if there is none
 * @param known the violation's entry in the baseline, expired or not, or {@code null}
 * @since 0.1
 */
public record Decision(Action action, Action untolerated, Duration logFrom, @Nullable Allowance allowance,
		@Nullable BaselineEntry known) {

	/**
	 * Returns whether short calls are only observed.
	 * @return whether the action depends on how long a call takes
	 */
	public boolean isTimed() {
		return this.action == Action.LOG && !this.logFrom.isZero();
	}

}
