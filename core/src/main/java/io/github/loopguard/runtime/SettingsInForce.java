package io.github.loopguard.runtime;

import java.util.Map;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * The settings in force: those of the youngest context, else the defaults. Not
 * thread-safe: guarded by the lock of its owner, unless said otherwise.
 */
final class SettingsInForce {

	private final Catalog catalog;

	private final Ledger ledger;

	private final Detection detection;

	private final ExtensionRegistry extensions;

	private volatile long nextExpiry = Long.MAX_VALUE;

	SettingsInForce(Catalog catalog, Ledger ledger, Detection detection, ExtensionRegistry extensions) {
		this.catalog = catalog;
		this.ledger = ledger;
		this.detection = detection;
		this.extensions = extensions;
	}

	/**
	 * Puts the settings in force.
	 * @param contexts the contexts that are attached
	 * @param installed whether detection is wanted in this JVM
	 */
	void apply(Contexts contexts, boolean installed) {
		ContextSettings youngest = contexts.youngest();
		Policy policy = (youngest != null) ? youngest.policy()
				: new Policy(this.catalog, Map.of(), this.extensions.allowances());
		if (youngest != null) {
			this.ledger.settings(youngest.ledger());
			this.ledger.links(youngest.links());
		}
		if (installed) {
			this.detection.configure((youngest != null) ? youngest.detectors() : DetectorSettings.OFF);
		}
		this.nextExpiry = policy.nextExpiry(System.currentTimeMillis());
		this.detection.configure(policy);
	}

	/**
	 * Returns whether an allowance or an entry of the baseline has expired since. May be
	 * called without the lock.
	 */
	boolean haveExpired() {
		return System.currentTimeMillis() >= this.nextExpiry;
	}

}
