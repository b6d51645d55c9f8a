package io.github.loopguard.ledger;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Violation;

/**
 * Where a reader of a report finds more.
 *
 * @param endpoint path of the Actuator endpoint, or {@code null} where it is not exposed
 * @param server address of the server that has the endpoint, or empty where that is the
 * application's
 * @param hint what to do to see more where the endpoint is not exposed
 * @param docs address of a site with the rules' pages, or {@code null} to use the
 * endpoint's
 * @since 0.1
 */
public record Links(@Nullable String endpoint, String server, String hint, @Nullable String docs) {

	/**
	 * Path of the endpoint unless the application moves it.
	 */
	public static final String DEFAULT_ENDPOINT = "/actuator/blocking";

	/**
	 * Links while there is no application, or before it is known whether it has an
	 * endpoint.
	 */
	public static final Links NONE = new Links(null, "", "docs/blocking-operations.md explains each rule", null);

	/**
	 * Links of an application without Actuator.
	 */
	public static final Links WITHOUT_ACTUATOR = new Links(null, "",
			"add spring-boot-starter-actuator to look at all violations", null);

	/**
	 * Returns the page that explains a rule.
	 * @param rule identifier of the rule
	 * @return path or address of the page
	 */
	public String rule(String rule) {
		if (this.docs != null) {
			return this.docs + "#" + rule;
		}
		return ((this.endpoint != null) ? this.endpoint : DEFAULT_ENDPOINT) + "/rules/" + rule;
	}

	String more(Violation violation) {
		if (this.endpoint == null) {
			return "more: " + this.hint;
		}
		String rule = rule(violation.rule());
		return ((this.docs != null) ? rule : this.server + rule) + " · more at " + this.server + this.endpoint + "/"
				+ violation.id();
	}

	String summary() {
		return (this.endpoint != null) ? "all are at " + this.server + this.endpoint : this.hint;
	}

}
