package com.example.conformance;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What came of running an operation.
 *
 * @param operation the operation
 * @param found whether its rule was reported at its method
 * @param unwoven how the loop monitor finds it without any hook
 * @param problem what was wrong, or {@code null} if everything was right
 */
record Outcome(Operation operation, boolean found, String unwoven, @Nullable String problem) {

	static Outcome of(Operation operation, boolean found, String unwoven, List<String> problems) {
		return new Outcome(operation, found, unwoven, problems.isEmpty() ? null : String.join("\n", problems));
	}

}
