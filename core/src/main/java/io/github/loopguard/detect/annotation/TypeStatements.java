package io.github.loopguard.detect.annotation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What annotations say about the methods of one class or interface, by their signatures.
 *
 * @param declared about methods that it declares
 * @param inherited about the methods of classes that implement it
 * @param interfaces binary names of the annotated interfaces that say so
 */
record TypeStatements(Map<String, Statement> declared, Map<String, Statement> inherited, Set<String> interfaces) {

	static final TypeStatements NONE = new TypeStatements(Map.of(), Map.of(), Set.of());

	/**
	 * Returns what classes inherit that have these supertypes. Where they contradict each
	 * other, the first counts.
	 */
	static TypeStatements inheritedFrom(List<TypeStatements> supertypes) {
		if (supertypes.size() < 2) {
			return supertypes.isEmpty() ? NONE : supertypes.get(0);
		}
		Map<String, Statement> inherited = new HashMap<>();
		Set<String> interfaces = new HashSet<>();
		for (TypeStatements supertype : supertypes) {
			supertype.inherited.forEach(inherited::putIfAbsent);
			interfaces.addAll(supertype.interfaces);
		}
		return new TypeStatements(Map.of(), inherited, interfaces);
	}

	/**
	 * Returns what a generated subclass inherits, which stands for the class itself.
	 */
	TypeStatements ofProxy() {
		Map<String, Statement> all = new HashMap<>(this.inherited);
		all.putAll(this.declared);
		return new TypeStatements(Map.of(), all, this.interfaces);
	}

	TypeStatements declaring(Map<String, Statement> declared) {
		return new TypeStatements(declared, this.inherited, this.interfaces);
	}

	boolean isEmpty() {
		return this.declared.isEmpty() && this.inherited.isEmpty();
	}

}
