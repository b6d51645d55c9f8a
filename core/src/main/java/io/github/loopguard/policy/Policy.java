package io.github.loopguard.policy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;

/**
 * Decides what is done about findings: actions per rule and origin, the allowances and
 * the baseline. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Policy {

	private final Map<String, Map<Origin, Action>> defaults;

	private final Map<String, Duration> logFrom;

	private final Map<String, Map<Origin, Action>> configured;

	private final Allowances allowances;

	private final Baseline baseline;

	/**
	 * Creates a policy with the shipped allowances.
	 * @param catalog the catalog whose defaults apply
	 * @param configured actions that replace a default, by identifier of the rule
	 * @throws IllegalArgumentException if a configured rule is not in the catalog
	 */
	public Policy(Catalog catalog, Map<String, Map<Origin, Action>> configured) {
		this(catalog, configured, Allowances.shipped());
	}

	/**
	 * Creates a policy.
	 * @param catalog the catalog whose defaults apply
	 * @param configured actions that replace a default, by identifier of the rule
	 * @param allowances calls that are no violations
	 * @throws IllegalArgumentException if a configured rule is not in the catalog
	 */
	public Policy(Catalog catalog, Map<String, Map<Origin, Action>> configured, Allowances allowances) {
		this(catalog, configured, allowances, Baseline.NONE);
	}

	/**
	 * Creates a policy.
	 * @param catalog the catalog whose defaults apply
	 * @param configured actions that replace a default, by identifier of the rule
	 * @param allowances calls that are no violations
	 * @param baseline violations that are known and tolerated
	 * @throws IllegalArgumentException if a configured rule is not in the catalog
	 */
	public Policy(Catalog catalog, Map<String, Map<Origin, Action>> configured, Allowances allowances,
			Baseline baseline) {
		this.allowances = allowances;
		this.baseline = baseline;
		Map<String, Map<Origin, Action>> defaults = new HashMap<>();
		Map<String, Duration> logFrom = new HashMap<>();
		for (Rule rule : catalog.rules()) {
			defaults.put(rule.id(), rule.defaultActions());
			logFrom.put(rule.id(), rule.logFrom());
		}
		this.defaults = Map.copyOf(defaults);
		this.logFrom = Map.copyOf(logFrom);
		Map<String, Map<Origin, Action>> copy = new HashMap<>();
		for (Map.Entry<String, Map<Origin, Action>> entry : configured.entrySet()) {
			copy.put(catalog.rule(entry.getKey()).id(), Map.copyOf(entry.getValue()));
		}
		this.configured = Map.copyOf(copy);
	}

	/**
	 * Returns the policy without any configuration.
	 * @param catalog the catalog whose defaults apply
	 * @return the default policy
	 */
	public static Policy defaults(Catalog catalog) {
		return new Policy(catalog, Map.of());
	}

	private Policy(Policy other, Map<String, Map<Origin, Action>> configured) {
		this.allowances = other.allowances;
		this.baseline = other.baseline;
		this.defaults = other.defaults;
		this.logFrom = other.logFrom;
		this.configured = configured;
	}

	/**
	 * Returns this policy with another action for one rule.
	 * @param rule identifier of the rule
	 * @param origin whose code makes the call
	 * @param action what is done about it
	 * @return the policy
	 */
	public Policy with(String rule, Origin origin, Action action) {
		Map<Origin, Action> actions = new EnumMap<>(Origin.class);
		actions.putAll(this.configured.getOrDefault(rule, Map.of()));
		actions.put(origin, action);
		Map<String, Map<Origin, Action>> all = new HashMap<>(this.configured);
		all.put(rule, Map.copyOf(actions));
		return new Policy(this, Map.copyOf(all));
	}

	/**
	 * Decides what is done about a finding. Called on event loops.
	 * @param finding what a detector found
	 * @return the decision, valid until the policy is replaced or
	 * {@link #nextExpiry(long) something expires}
	 */
	public Decision decide(Finding finding) {
		Action untolerated = action(finding.rule(), finding.origin(), finding.defaultActionOverride());
		ViolationKey key = finding.key();
		boolean tolerated = untolerated.compareTo(Action.OBSERVE) > 0
				&& this.baseline.tolerates(key, finding.formerKeys());
		return new Decision(tolerated ? Action.OBSERVE : untolerated, untolerated,
				this.logFrom.getOrDefault(finding.rule(), Duration.ZERO),
				this.allowances.find(finding.api(), finding.stack().path(), finding.stack().callers()),
				this.baseline.find(key, finding.formerKeys()));
	}

	/**
	 * Returns when decisions have to be made again because an allowance or an entry of
	 * the baseline expires.
	 * @param now milliseconds since the epoch
	 * @return milliseconds since the epoch, or {@link Long#MAX_VALUE} if nothing expires
	 */
	public long nextExpiry(long now) {
		long next = Long.MAX_VALUE;
		for (Allowance allowance : this.allowances.all()) {
			next = earlier(next, allowance.expiresAt(), now);
		}
		for (BaselineEntry entry : this.baseline.entries()) {
			next = earlier(next, entry.expiresAt(), now);
		}
		return next;
	}

	private static long earlier(long next, long expiry, long now) {
		return (expiry > now) ? Math.min(next, expiry) : next;
	}

	/**
	 * Returns the rules some of whose calls may have to be prevented.
	 * @return identifiers of the rules that have {@code FAIL} for some origin
	 */
	public Set<String> preventing() {
		Set<String> preventing = new HashSet<>();
		for (String rule : this.defaults.keySet()) {
			if (actions(rule).containsValue(Action.FAIL)) {
				preventing.add(rule);
			}
		}
		return Set.copyOf(preventing);
	}

	/**
	 * Returns the action for calls of an API.
	 * @param rule identifier of the rule
	 * @param origin whose code makes the call
	 * @param defaultActionOverride default action where the API's differs from its
	 * rule's, or {@code null}
	 * @return the action
	 */
	public Action action(String rule, Origin origin, @Nullable Action defaultActionOverride) {
		Action configured = this.configured.getOrDefault(rule, Map.of()).get(origin);
		if (configured != null) {
			return configured;
		}
		if (defaultActionOverride != null && (origin == Origin.APPLICATION || origin == Origin.LIBRARY)) {
			return defaultActionOverride;
		}
		return this.defaults.getOrDefault(rule, Map.of()).getOrDefault(origin, Action.OBSERVE);
	}

	/**
	 * Returns the actions of a rule for each origin.
	 * @param rule identifier of the rule
	 * @return the actions, one for each origin
	 */
	public Map<Origin, Action> actions(String rule) {
		Map<Origin, Action> actions = new EnumMap<>(Origin.class);
		for (Origin origin : Origin.values()) {
			actions.put(origin, action(rule, origin, null));
		}
		return actions;
	}

	/**
	 * Returns the calls that are no violations.
	 * @return the allowances
	 */
	public Allowances allowances() {
		return this.allowances;
	}

	/**
	 * Returns the violations that are known and tolerated.
	 * @return the baseline
	 */
	public Baseline baseline() {
		return this.baseline;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Policy policy && this.configured.equals(policy.configured)
				&& this.allowances.equals(policy.allowances) && this.baseline.equals(policy.baseline)
				&& this.defaults.equals(policy.defaults);
	}

	@Override
	public int hashCode() {
		return this.configured.hashCode();
	}

}
