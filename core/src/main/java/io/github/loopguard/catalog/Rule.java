package io.github.loopguard.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;

/**
 * One documented kind of blocking.
 *
 * @param id stable identifier, such as {@code file-read}; also its anchor in the
 * documentation
 * @param title short description, such as "Reading a file"
 * @param documentedAs names of this kind of blocking in the reference list of blocking
 * calls, empty if it is not on that list
 * @param fix what to do instead, in one sentence
 * @param since version of Loopguard that introduced the rule
 * @param defaultActions action for each origin unless configured otherwise
 * @param logFrom shortest time held from which a violation is logged; a violation whose
 * calls were all shorter is only observed
 * @since 0.1
 */
public record Rule(String id, String title, List<String> documentedAs, String fix, String since,
		Map<Origin, Action> defaultActions, Duration logFrom) {

	public Rule {
		documentedAs = List.copyOf(documentedAs);
		defaultActions = Map.copyOf(defaultActions);
	}

}
