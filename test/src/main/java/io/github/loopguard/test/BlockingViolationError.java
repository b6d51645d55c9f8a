package io.github.loopguard.test;

import java.util.List;

import io.github.loopguard.Violation;

/**
 * Thrown when event loops were blocked.
 *
 * @since 0.1
 */
public final class BlockingViolationError extends AssertionError {

	private static final long serialVersionUID = 1L;

	private final transient List<Violation> violations;

	BlockingViolationError(String message, List<Violation> violations, List<StackTraceElement> stack) {
		super(message);
		this.violations = List.copyOf(violations);
		if (!stack.isEmpty()) {
			setStackTrace(stack.toArray(StackTraceElement[]::new));
		}
	}

	/**
	 * Returns the violations.
	 * @return the violations
	 */
	public List<Violation> getViolations() {
		return this.violations;
	}

}
