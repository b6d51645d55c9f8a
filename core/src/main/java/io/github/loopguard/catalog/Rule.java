package io.github.loopguard.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;

/**
 * One documented kind of blocking.
 *
 * @param id stable identifier, such as {@code file-read}; also the anchor of its page
 * @param title short description that completes "the event loop was held by ..."
 * @param documentedAs names under which the reference documents this kind of blocking,
 * empty for kinds only the JVM knows
 * @param fix one sentence that says what to do instead
 * @param since version of Loopguard that introduced the rule
 * @param defaultActions action for each origin unless configured otherwise
 * @param logFrom shortest time held from which a violation is logged; while all its calls
 * were shorter, it is only observed
 * @since 0.1
 */
public record Rule(String id, String title, List<String> documentedAs, String fix, String since,
		Map<Origin, Action> defaultActions, Duration logFrom) {

	public Rule {
		documentedAs = List.copyOf(documentedAs);
		defaultActions = Map.copyOf(defaultActions);
	}

}
