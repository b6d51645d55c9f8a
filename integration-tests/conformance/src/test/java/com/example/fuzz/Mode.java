package com.example.fuzz;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.Total;
import io.github.loopguard.ledger.Links;
import io.github.loopguard.policy.Policy;
import io.github.loopguard.runtime.Attachment;
import io.github.loopguard.runtime.ContextSettings;
import io.github.loopguard.runtime.DetectorSettings;
import io.github.loopguard.runtime.Loopguard;

/**
 * What is done about blocking calls while a program runs.
 */
enum Mode {

	PLAIN,

	/** Some code of the application may block, so callers of the site matter, too. */
	ALLOWING,

	/** Somebody listens, as in tests. */
	LISTENING,

	/** Every call is prevented that can be. */
	FAILING;

	static final ApplicationPackages APPLICATION = ApplicationPackages.of(List.of("com.acme.shop"));

	private static final Allowance ALLOWANCE = new Allowance("fuzz", null, "com.acme.shop.Straight$Allowed", "go",
			Category.TOLERATED, "known to be fast", Allowance.USER, null, null, null);

	private static @Nullable Mode current;

	private static @Nullable Attachment attachment;

	boolean allows() {
		return this == ALLOWING || this == LISTENING;
	}

	/**
	 * Returns how many calls were allowed so far, except for classes that were loaded.
	 */
	static long allowed() {
		return Loopguard.instance()
			.ledger()
			.allowedSums()
			.entrySet()
			.stream()
			.filter((rule) -> !rule.getKey().equals("class-loading"))
			.map((rule) -> rule.getValue().get(Allowance.USER))
			.filter(Objects::nonNull)
			.mapToLong(Total::occurrences)
			.sum();
	}

	void set() {
		if (current == this) {
			return;
		}
		if (attachment != null) {
			attachment.close();
		}
		Loopguard loopguard = Loopguard.instance();
		Policy policy = new Policy(loopguard.catalog(), (this == FAILING) ? failing(loopguard) : Map.of(),
				allows() ? Allowances.shipped().with(List.of(ALLOWANCE)) : Allowances.shipped());
		attachment = loopguard.attach(new ContextSettings("fuzz", APPLICATION, policy, LedgerSettings.DEFAULTS,
				Links.NONE, DetectorSettings.OFF));
		loopguard.occurrenceListener((this == LISTENING) ? (counter, request) -> null : null);
		current = this;
	}

	private static Map<String, Map<Origin, Action>> failing(Loopguard loopguard) {
		Map<Origin, Action> actions = new EnumMap<>(Origin.class);
		for (Origin origin : Origin.values()) {
			actions.put(origin, Action.FAIL);
		}
		return loopguard.catalog()
			.rules()
			.stream()
			.map(Rule::id)
			.filter((rule) -> !rule.equals("class-loading"))
			.collect(Collectors.toMap((rule) -> rule, (rule) -> actions));
	}

}
