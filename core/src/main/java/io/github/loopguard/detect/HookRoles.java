package io.github.loopguard.detect;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;

/**
 * What hooks do for the calls around them, by their index in the catalog.
 *
 * @param naming hooks that give a call its rule
 * @param enclosable hooks whose calls are part of what encloses them
 * @param refined hooks whose rule depends on the stack
 * @param later hooks that Loopguard 0.1 did not have
 * @param loading hooks of what loads classes and initialises them
 * @param hosting hooks of what runs code of others
 */
record HookRoles(BitSet naming, BitSet enclosable, BitSet refined, BitSet later, BitSet loading, BitSet hosting) {

	static HookRoles of(Catalog catalog) {
		List<Hook> hooks = catalog.hooks();
		Set<String> rules = hooks.stream()
			.filter((hook) -> hook.kind() == Kind.ENCLOSING)
			.map(Hook::rule)
			.collect(Collectors.toSet());
		return new HookRoles(
				those(hooks, (hook) -> (hook.kind() == Kind.ENTRY || hook.kind() == Kind.HOST) && hook.named()),
				those(hooks, (hook) -> hook.kind() != Kind.ENCLOSING && rules.contains(hook.rule())),
				those(hooks, (hook) -> catalog.coversAnyWait(hook.rule())), those(hooks, Catalog::isLater),
				those(hooks, (hook) -> hook.kind() == Kind.HOST && hook.rule().equals(Catalog.CLASS_LOADING)),
				those(hooks, (hook) -> hook.kind() == Kind.HOST));
	}

	/**
	 * Returns whether all calls of two hooks have the same rule.
	 * @param outermost the outermost hook of the calls
	 * @param leaf the hook that fired
	 * @param enclosed whether the outermost hook encloses the calls
	 */
	boolean haveOneRule(int outermost, int leaf, boolean enclosed) {
		return !this.refined.get((enclosed || this.naming.get(outermost)) ? outermost : leaf);
	}

	private static BitSet those(List<Hook> hooks, Predicate<Hook> role) {
		BitSet those = new BitSet();
		for (int i = 0; i < hooks.size(); i++) {
			those.set(i, role.test(hooks.get(i)));
		}
		return those;
	}

}
