package io.github.loopguard.policy;

import java.util.Comparator;

/**
 * What a violation and its entry in the baseline have in common. Never a line.
 *
 * @param rule identifier of the rule
 * @param api documented API that was called
 * @param at class and method of the site, or of the offender where there is no site, such
 * as {@code com.acme.InvoiceController#render}; the class alone where the method is not
 * known, the origin where nobody could be named
 * @since 0.1
 */
public record BaselineKey(String rule, String api, String at) implements Comparable<BaselineKey> {

	private static final Comparator<BaselineKey> ORDER = Comparator.comparing(BaselineKey::at)
		.thenComparing(BaselineKey::rule)
		.thenComparing(BaselineKey::api);

	@Override
	public int compareTo(BaselineKey other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return "[" + this.rule + "] " + this.api + " at " + this.at;
	}

}
