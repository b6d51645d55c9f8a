package io.github.loopguard.autoconfigure;

import org.springframework.context.ApplicationEvent;

import io.github.loopguard.Violation;

/**
 * Published when a violation happens for the first time, on a thread of Loopguard.
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
	 * Returns the violation with its counts at the time of the event.
	 * @return the violation
	 */
	public Violation getViolation() {
		return this.violation;
	}

}
