package io.github.loopguard.catalog;

import java.util.List;

/**
 * A rule with its hooks.
 *
 * @param rule the rule
 * @param hooks its hooks, empty if the rule is detected without instrumentation
 * @since 0.1
 */
record RuleDefinition(Rule rule, List<Hook> hooks) {

	public RuleDefinition {
		hooks = List.copyOf(hooks);
	}

}
