package io.github.loopguard.detect;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
		Set<String> enclosing = new HashSet<>();
		for (Hook hook : hooks) {
			if (hook.kind() == Kind.ENCLOSING) {
				enclosing.add(hook.rule());
			}
		}
		HookRoles roles = new HookRoles(new BitSet(), new BitSet(), new BitSet(), new BitSet(), new BitSet(),
				new BitSet());
		for (int i = 0; i < hooks.size(); i++) {
			Hook hook = hooks.get(i);
			boolean host = hook.kind() == Kind.HOST;
			roles.naming.set(i, (hook.kind() == Kind.ENTRY || host) && hook.named());
			roles.enclosable.set(i, hook.kind() != Kind.ENCLOSING && enclosing.contains(hook.rule()));
			roles.refined.set(i, catalog.coversAnyWait(hook.rule()));
			roles.later.set(i, Catalog.isLater(hook));
			roles.loading.set(i, host && hook.rule().equals(Catalog.CLASS_LOADING));
			roles.hosting.set(i, host);
		}
		return roles;
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

}
