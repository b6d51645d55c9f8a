package io.github.loopguard.test;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;

import io.github.loopguard.Offender;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Rule;
import io.github.loopguard.runtime.Loopguard;

/**
 * The violations that an annotation or an assertion refers to.
 *
 * @param rule identifier of the rule
 * @param at binary names of the classes of sites or offenders; none means any
 */
record Blocked(String rule, List<String> at) {

	/**
	 * Creates an instance and checks that the rule exists.
	 * @param where name of the annotation or method in messages
	 * @param rule identifier of the rule
	 * @param at classes of sites or offenders
	 */
	static Blocked of(String where, String rule, Class<?>... at) {
		if (Loopguard.instance().catalog().find(rule).isEmpty()) {
			String rules = Loopguard.instance()
				.catalog()
				.rules()
				.stream()
				.map(Rule::id)
				.sorted()
				.collect(Collectors.joining(", "));
			throw new ExtensionConfigurationException(
					where + " names the rule '" + rule + "', which does not exist. The rules are: " + rules);
		}
		return new Blocked(rule, Stream.of(at).map(Class::getName).toList());
	}

	boolean matches(Violation violation) {
		return this.rule.equals(violation.rule()) && (this.at.isEmpty() || isAt(violation));
	}

	private boolean isAt(Violation violation) {
		Site site = violation.site();
		Offender offender = violation.offender();
		return (site != null && this.at.contains(site.className()))
				|| (offender != null && this.at.contains(offender.className()));
	}

	@Override
	public String toString() {
		return "[" + this.rule + "]" + (this.at.isEmpty() ? "" : " at " + String.join(" or ", this.at));
	}

}
