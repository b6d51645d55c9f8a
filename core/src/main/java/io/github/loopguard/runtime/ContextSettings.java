package io.github.loopguard.runtime;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.Links;
import io.github.loopguard.policy.Policy;

/**
 * The settings of an application context.
 *
 * @param name how to call the context in messages
 * @param applicationPackages packages of the application
 * @param policy what to do about blocking calls
 * @param ledger limits of the ledger
 * @param links where readers of reports find more
 * @param detectors how the detectors work that look from outside
 * @since 0.1
 */
public record ContextSettings(String name, ApplicationPackages applicationPackages, Policy policy,
		LedgerSettings ledger, Links links, DetectorSettings detectors) {
}
