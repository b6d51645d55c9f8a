package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Classes that could not be woven, with the reason. Remembers a limited number and counts
 * the others.
 */
final class WeavingFailures {

	private static final int LIMIT = 100;

	private final Map<String, String> reasons = new LinkedHashMap<>();

	private long others;

	/**
	 * Notes that a class stays as it is.
	 * @param className name of the class
	 * @param reason what was wrong
	 */
	synchronized void add(String className, Throwable reason) {
		if (this.reasons.size() < LIMIT || this.reasons.containsKey(className)) {
			this.reasons.put(className, reason.toString());
		}
		else {
			this.others++;
		}
	}

	/**
	 * Returns why a class could not be woven, or {@code null} if nothing is known of it.
	 */
	synchronized @Nullable String reason(String className) {
		return this.reasons.get(className);
	}

	/**
	 * Returns a sentence for each class, and one for those that found no place.
	 */
	synchronized List<String> problems() {
		List<String> problems = new ArrayList<>();
		this.reasons.forEach((name, reason) -> problems.add("could not instrument " + name + " (" + reason + ")"));
		if (this.others > 0) {
			problems.add("could not instrument " + this.others + " more classes");
		}
		return problems;
	}

}
