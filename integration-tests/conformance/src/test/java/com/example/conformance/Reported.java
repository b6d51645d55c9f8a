package com.example.conformance;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A violation as the endpoint shows it.
 *
 * @param id identifier
 * @param rule rule
 * @param api documented API
 * @param origin whose code made the call
 * @param action what is done about it
 * @param site class and method of the site, or {@code null} if there is none
 * @param lines counts by line
 * @param count occurrences
 */
record Reported(String id, String rule, String api, String origin, String action, @Nullable String site,
		Map<String, Long> lines, long count) {

	static Reported of(JsonNode violation) {
		JsonNode site = violation.get("site");
		Map<String, Long> lines = new TreeMap<>();
		if (!site.isNull()) {
			site.get("lines").properties().forEach((line) -> lines.put(line.getKey(), line.getValue().asLong()));
		}
		return new Reported(violation.get("id").asString(), violation.get("rule").asString(),
				violation.get("api").asString(), violation.get("origin").asString(), violation.get("action").asString(),
				site.isNull() ? null : site.get("className").asString() + "." + site.get("methodName").asString(),
				lines, violation.get("count").asLong());
	}

	boolean isNewSince(Map<String, Reported> before) {
		Reported known = before.get(this.id);
		return known == null || known.count < this.count;
	}

	/**
	 * Tells whether this is none of the application's business: what the framework does
	 * by itself, and classes that the code around a request loads.
	 */
	boolean isOfOthers() {
		return this.origin.equals("FRAMEWORK") || (this.site == null && this.rule.equals("class-loading"));
	}

	boolean isAt(Operation operation) {
		return (operation.bean().getClass().getName() + "." + operation.method().getName()).equals(this.site);
	}

}
