package io.github.loopguard.catalog;

import java.util.List;

/**
 * A rule together with the hooks that find it.
 *
 * @param rule the rule
 * @param hooks its hooks, empty where a detector other than instrumentation finds it
 * @since 0.1
 */
public record RuleDefinition(Rule rule, List<Hook> hooks) {

	public RuleDefinition {
		hooks = List.copyOf(hooks);
	}

}
