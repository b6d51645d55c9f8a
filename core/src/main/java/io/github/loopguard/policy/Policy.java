package io.github.loopguard.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.catalog.RuleDefinition;

/**
 * Actions per rule and origin: the catalog's defaults under what was configured; and the
 * exceptions from them. Immutable and safe to share.
 *
 * @since 0.1
 */
public final class Policy {

	private final Map<String, Map<Origin, Action>> defaults;

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
		this.defaults = catalog.definitions()
			.stream()
			.map(RuleDefinition::rule)
			.collect(Collectors.toUnmodifiableMap(Rule::id, Rule::defaultActions));
		configured.keySet().forEach(catalog::rule);
		this.configured = configured.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (entry) -> Map.copyOf(entry.getValue())));
	}

	/**
	 * Returns the policy without any configuration.
	 * @param catalog the catalog whose defaults apply
	 * @return the default policy
	 */
	public static Policy defaults(Catalog catalog) {
		return new Policy(catalog, Map.of());
	}

	/**
	 * Returns the action for an occurrence.
	 * @param rule identifier of the rule
	 * @param origin whose code made the call
	 * @param defaultActionOverride default action of the API that was called where it
	 * differs from its rule's, for code that is not the framework's; or {@code null}
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
	 * Returns the action for an occurrence of a violation that may be in the baseline:
	 * what is tolerated is counted and kept, without a word in the log.
	 * @param rule identifier of the rule
	 * @param origin whose code made the call
	 * @param defaultActionOverride default action of the API that was called where it
	 * differs from its rule's, for code that is not the framework's; or {@code null}
	 * @param key what the violation is known by
	 * @return the action
	 */
	public Action action(String rule, Origin origin, @Nullable Action defaultActionOverride, ViolationKey key) {
		Action action = action(rule, origin, defaultActionOverride);
		return (action.compareTo(Action.OBSERVE) > 0 && this.baseline.tolerates(key)) ? Action.OBSERVE : action;
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
