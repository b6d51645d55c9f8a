package io.github.loopguard.detect.blockhound;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.allowance.KnownAllowances;

/**
 * Describes what BlockHound and the integrations of others allow.
 */
final class ForeignAllowances {

	private static final String UNKNOWN_SOURCE = "whoever installed BlockHound";

	private ForeignAllowances() {
	}

	static List<Allowance> of(Set<String> methods, Map<String, String> sources) {
		return methods.stream().sorted().map((method) -> describe(method, sources.get(method))).toList();
	}

	private static Allowance describe(String method, @Nullable String source) {
		Allowance known = KnownAllowances.find(method);
		if (known != null && (source == null || source.equals(known.source()))) {
			return known;
		}
		String who = (source != null) ? source : UNKNOWN_SOURCE;
		int hash = method.indexOf('#');
		return new Allowance(method, null, method.substring(0, hash), method.substring(hash + 1), Category.TOLERATED,
				"Allowed by " + who + ", which does not say why", who, null, null, null);
	}

}
