package io.github.loopguard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * The settings in force: those of the youngest context, else the defaults, with what was
 * switched since. Not thread-safe: guarded by the lock of its owner, unless said
 * otherwise.
 */
final class SettingsInForce {

	private static final String OVER = "because its time is over";

	private static final String CONTEXTS = "because an application context was attached or has closed";

	private final Catalog catalog;

	private final Ledger ledger;

	private final Detection detection;

	private final ExtensionRegistry extensions;

	private final SwitchEvents events = new SwitchEvents();

	private final SwitchTable switches = new SwitchTable();

	private @Nullable RuntimeSettings configured;

	private boolean inForce;

	private volatile long nextDecision = Long.MAX_VALUE;

	/** As {@link System#nanoTime} tells it. */
	private volatile @Nullable Long nextReversal;

	SettingsInForce(Catalog catalog, Ledger ledger, Detection detection, ExtensionRegistry extensions) {
		this.catalog = catalog;
		this.ledger = ledger;
		this.detection = detection;
		this.extensions = extensions;
	}

	/**
	 * Puts the settings in force that contexts bring, and nothing else any more.
	 * @param contexts the contexts that are attached
	 * @param installed whether detection is wanted in this JVM
	 */
	void apply(Contexts contexts, boolean installed) {
		RuntimeSettings before = effective();
		List<Switch.Change> reverted = this.switches.removeAll();
		ContextSettings youngest = contexts.youngest();
		if (youngest != null) {
			this.ledger.settings(youngest.ledger());
			this.ledger.links(youngest.links());
		}
		RuntimeSettings next = new RuntimeSettings((youngest != null) ? youngest.detectors() : DetectorSettings.OFF,
				(youngest != null) ? youngest.policy()
						: new Policy(this.catalog, Map.of(), this.extensions.allowances()),
				false);
		this.configured = next;
		this.inForce = installed;
		if (installed) {
			this.detection.configure(next.detectors());
		}
		this.detection.mute(false);
		decide(next.policy());
		reverted.forEach((change) -> tell(change, before, next, null, null, CONTEXTS));
		this.nextReversal = null;
	}

	/**
	 * Switches settings.
	 */
	void change(List<Switch.Change> changes, @Nullable Duration ttl, @Nullable String by) {
		RuntimeSettings before = effective();
		List<Switch.Change> done = changes.stream().filter((change) -> this.switches.put(change, ttl, by)).toList();
		RuntimeSettings after = switched(before);
		Instant until = (ttl != null) ? Instant.now().plus(ttl) : null;
		for (Switch.Change change : done) {
			boolean reverted = change.effect() == null;
			tell(change, before, after, reverted ? null : until, by, reverted ? "as requested" : null);
		}
	}

	/**
	 * Returns whether detection is wanted in this JVM.
	 */
	boolean areInForce() {
		return this.inForce;
	}

	/**
	 * Does what is due: decides again where an allowance or an entry of the baseline has
	 * expired, and reverts switches.
	 * @param lock guards this, and is taken only if something is due
	 */
	void expire(Object lock) {
		if (isDecisionDue() || isReversalDue()) {
			synchronized (lock) {
				expire();
			}
		}
	}

	private void expire() {
		if (isDecisionDue()) {
			decide(effective().policy());
		}
		if (isReversalDue()) {
			RuntimeSettings before = effective();
			List<Switch.Change> reverted = this.switches.removeExpired();
			RuntimeSettings after = switched(before);
			reverted.forEach((change) -> tell(change, before, after, null, null, OVER));
		}
	}

	private boolean isDecisionDue() {
		return System.currentTimeMillis() >= this.nextDecision;
	}

	private boolean isReversalDue() {
		Long next = this.nextReversal;
		return next != null && System.nanoTime() - next >= 0;
	}

	RuntimeSettings effective() {
		RuntimeSettings configured = this.configured;
		return this.switches.on((configured != null) ? configured
				: new RuntimeSettings(DetectorSettings.OFF, this.detection.policy(), false));
	}

	List<Switch> switches() {
		return this.switches.list(effective());
	}

	/**
	 * Returns who notifies listeners. May be called without the lock.
	 */
	SwitchEvents events() {
		return this.events;
	}

	private RuntimeSettings switched(RuntimeSettings before) {
		RuntimeSettings after = effective();
		this.detection.switchTo(before.detectors(), after.detectors());
		this.detection.mute(after.muted());
		if (!after.policy().equals(before.policy())) {
			decide(after.policy());
		}
		this.nextReversal = this.switches.nextExpiry();
		return after;
	}

	private void decide(Policy policy) {
		this.nextDecision = policy.nextExpiry(System.currentTimeMillis());
		this.detection.configure(policy);
	}

	private void tell(Switch.Change change, RuntimeSettings before, RuntimeSettings after, @Nullable Instant until,
			@Nullable String by, @Nullable String reverted) {
		this.events.add(new Switch.Event(change.name(), change.value().apply(before), change.value().apply(after),
				until, by, reverted));
	}

}
