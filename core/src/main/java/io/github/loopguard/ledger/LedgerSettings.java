package io.github.loopguard.ledger;

import java.time.Duration;

/**
 * Limits of the ledger.
 *
 * @param limit most violations kept
 * @param logLinesPerMinute most violations logged in a minute
 * @param patience how long a call may last before it is announced without waiting for its
 * return
 * @since 0.1
 */
public record LedgerSettings(int limit, int logLinesPerMinute, Duration patience) {

	/**
	 * Limits unless configured otherwise.
	 */
	public static final LedgerSettings DEFAULTS = new LedgerSettings(1_000, 20, Duration.ofSeconds(1));

}
