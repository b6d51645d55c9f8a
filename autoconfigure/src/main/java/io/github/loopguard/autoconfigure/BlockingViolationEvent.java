package io.github.loopguard.autoconfigure;

import org.springframework.context.ApplicationEvent;

import io.github.loopguard.Violation;

/**
 * Published when a violation was seen for the first time, on a thread of Loopguard's own.
 *
 * @since 0.1
 */
public class BlockingViolationEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient Violation violation;

	/**
	 * Creates an event.
	 * @param source the application context it is published in
	 * @param violation the violation
	 */
	public BlockingViolationEvent(Object source, Violation violation) {
		super(source);
		this.violation = violation;
	}

	/**
	 * Returns the violation as it stood when it was announced.
	 * @return the violation
	 */
	public Violation getViolation() {
		return this.violation;
	}

}
