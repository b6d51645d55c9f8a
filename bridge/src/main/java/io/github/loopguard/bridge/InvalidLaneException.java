package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;

/**
 * A lane was defined with an invalid limit.
 *
 * @since 0.1
 */
public final class InvalidLaneException extends BridgeException {

	private final String option;

	private final @Nullable Object value;

	private final String reason;

	private final String remedy;

	InvalidLaneException(String lane, String option, @Nullable Object value, String reason, String remedy) {
		super(lane, "Lane '" + lane + "': " + option + "=" + value + " " + reason + ". To fix it, " + remedy + ".",
				true, null);
		this.option = option;
		this.value = value;
		this.reason = reason;
		this.remedy = remedy;
	}

	/**
	 * Returns the name of the option as it is written in configuration, such as
	 * {@code queue-timeout}.
	 * @return the option
	 */
	public String option() {
		return this.option;
	}

	/**
	 * Returns the invalid value.
	 * @return the value
	 */
	public @Nullable Object value() {
		return this.value;
	}

	/**
	 * Returns what is wrong with the value, as the rest of a sentence.
	 * @return the reason
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Returns what to write instead.
	 * @return the remedy
	 */
	public String remedy() {
		return this.remedy;
	}

}
