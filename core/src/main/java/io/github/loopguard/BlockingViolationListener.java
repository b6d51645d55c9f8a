package io.github.loopguard;

/**
 * Is notified of each new violation once, on a thread of Loopguard and never on an event
 * loop. What a listener throws is logged. While a listener blocks, other listeners wait;
 * violations are still counted and kept.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BlockingViolationListener {

	/**
	 * Called after the first call of a violation has returned, or when that call has
	 * lasted for a second. If the rule is logged only from some time held, called after
	 * the first call that took that long.
	 * @param violation a snapshot of the violation
	 */
	void onViolation(Violation violation);

}
