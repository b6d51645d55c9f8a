package io.github.loopguard.detect;

import io.github.loopguard.Violation;

/**
 * A call that the policy prevents.
 *
 * @param api documented API that was called
 * @param rule identifier of the rule
 * @since 0.1
 */
public record PreventedCall(String api, String rule) {

	/**
	 * Returns what happened and what to do about it.
	 * @return the text of the error
	 */
	public String message() {
		return "Loopguard prevented " + this.api + " on event loop "
				+ Violation.printable(Thread.currentThread().getName()) + " because the action of loopguard.rules."
				+ this.rule + " is 'fail'. Offload the call with " + "bridge.call(...), or set loopguard.rules."
				+ this.rule + ".action=log to let it pass";
	}

}
