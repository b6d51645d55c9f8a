package io.github.loopguard.catalog;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.catalog.Hook.Availability;
import io.github.loopguard.catalog.Hook.Condition;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.catalog.Hook.Use;

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

	/**
	 * Methods of one class whose hooks differ only in the name.
	 */
	static final class HookGroup {

		private final String className;

		private final String[] methodNames;

		Kind kind;

		@Nullable String descriptor;

		@Nullable String endMethodName;

		@Nullable String undoMethodName;

		boolean named = true;

		boolean throwSafe;

		Use use = Use.NONE;

		@Nullable Action defaultActionOverride;

		Condition condition = Condition.ALWAYS;

		Availability availability = Availability.EVERYWHERE;

		HookGroup(Kind kind, String className, String... methodNames) {
			this.kind = kind;
			this.className = className;
			this.methodNames = methodNames;
		}

		void addTo(List<Hook> hooks, String rule) {
			for (String methodName : this.methodNames) {
				hooks.add(new Hook(rule, this.kind, this.className, methodName, this.descriptor, this.endMethodName,
						this.undoMethodName, this.named, this.throwSafe, this.use, this.defaultActionOverride,
						this.condition, this.availability, null));
			}
		}

	}

}
