package io.github.loopguard.detect.blockhound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Classes that could not be woven, with the reason. Keeps a limited number of them and
 * counts the others.
 */
final class WeavingFailures {

	private static final int LIMIT = 100;

	private final Map<String, String> reasons = new LinkedHashMap<>();

	private long others;

	/**
	 * Records that a class could not be woven. A later failure of the same class replaces
	 * the reason.
	 * @param className binary name of the class
	 * @param reason what was thrown
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
	 * Returns why a class could not be woven, or {@code null} if it did not fail or only
	 * was counted.
	 */
	synchronized @Nullable String reason(String className) {
		return this.reasons.get(className);
	}

	/**
	 * Returns a sentence for each class kept, and one for those that were only counted.
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
