package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

/**
 * The status of a detector.
 *
 * @param name name of the detector
 * @param state its state
 * @param reason what is missing and what to do about it, or {@code null} if nothing is
 * @param missingOption option of the JVM that would help, or {@code null} if none would
 * @since 0.1
 */
public record DetectorStatus(String name, State state, @Nullable String reason, @Nullable JvmOption missingOption) {

	/**
	 * Creates a status that no option of the JVM could improve.
	 * @param name name of the detector
	 * @param state its state
	 * @param reason what is missing and what to do about it, or {@code null} if nothing
	 * is
	 */
	public DetectorStatus(String name, State state, @Nullable String reason) {
		this(name, state, reason, null);
	}

	/**
	 * Returns an explanation for a person who has to do something about the status.
	 * @return one sentence, and what to type where an option of the JVM would help
	 */
	public String explanation() {
		String sentence = "The detector '" + this.name + "' is " + this.state
				+ ((this.reason != null) ? ": " + this.reason : "");
		return (this.missingOption != null) ? sentence + System.lineSeparator() + this.missingOption.lines() : sentence;
	}

	/**
	 * State of a detector.
	 */
	public enum State {

		/**
		 * Every hook that this JDK can have is live.
		 */
		ACTIVE,

		/**
		 * It works, but something is missing.
		 */
		DEGRADED,

		/**
		 * It cannot work here.
		 */
		UNAVAILABLE,

		/**
		 * It was turned off.
		 */
		OFF

	}

}
