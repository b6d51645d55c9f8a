package io.github.loopguard.autoconfigure;

/**
 * Limits of the ledger.
 *
 * @since 0.2
 */
public class LedgerProperties {

	/**
	 * Maximum number of violations that are kept. Those that have not happened for the
	 * longest time are removed first.
	 */
	private int maxViolations = 1000;

	public int getMaxViolations() {
		return this.maxViolations;
	}

	public void setMaxViolations(int maxViolations) {
		this.maxViolations = maxViolations;
	}

}
