package io.github.loopguard;

/**
 * Hears of every new violation once. Called on a thread of Loopguard's own, never on an
 * event loop; what it throws is logged, and while it hangs other listeners wait but
 * nothing is lost from the ledger.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BlockingViolationListener {

	/**
	 * Called when a violation was seen for the first time, after its call returned or
	 * when it has lasted for a second. Of a wait that is logged only from some time held
	 * on, it hears when one took that long.
	 * @param violation the violation as it stands
	 */
	void onViolation(Violation violation);

}
