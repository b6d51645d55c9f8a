package io.github.loopguard.detect;

import java.util.Collection;
import java.util.List;

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
	 * Returns the state of all detectors together: those that are not wanted do not
	 * count.
	 * @param detectors their status
	 * @return {@code ACTIVE} if all work that are wanted, {@code OFF} if none is wanted,
	 * otherwise {@code DEGRADED}
	 */
	public static State ofAll(Collection<DetectorStatus> detectors) {
		List<State> wanted = detectors.stream().map(DetectorStatus::state).filter((it) -> it != State.OFF).toList();
		if (wanted.isEmpty()) {
			return State.OFF;
		}
		return wanted.stream().allMatch((it) -> it == State.ACTIVE) ? State.ACTIVE : State.DEGRADED;
	}

	/**
	 * Returns whether the detector works, if not completely.
	 * @return whether it finds anything
	 */
	public boolean isWorking() {
		return this.state == State.ACTIVE || this.state == State.DEGRADED;
	}

	/**
	 * Returns the status while something else does not work.
	 * @param reason what does not work
	 * @return this status if the detector does not work at all, otherwise one that is
	 * {@link State#DEGRADED}
	 */
	public DetectorStatus degraded(String reason) {
		if (!isWorking()) {
			return this;
		}
		return new DetectorStatus(this.name, State.DEGRADED,
				(this.reason != null) ? this.reason + "; " + reason : reason, this.missingOption);
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
		 * It works completely: for hooks, every one that this JDK can have is live.
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
		 * It is not wanted.
		 */
		OFF

	}

	/**
	 * An option that this JVM was started without, and what to type to add it, however
	 * the application is started.
	 *
	 * @param value the option as the JVM wants it
	 *
	 */
	public record JvmOption(String value) {

		/**
		 * Returns what to type, one line for each way to start an application.
		 * @return the lines, indented
		 */
		public String lines() {
			return """
					java -jar:               java %1$s -jar application.jar
					every java command:      export JDK_JAVA_OPTIONS="%1$s"
					Maven, spring-boot:run:  mvn spring-boot:run -Dspring-boot.run.jvmArguments="%1$s"
					Maven, Surefire:         <argLine>@{argLine} %1$s</argLine>
					Gradle:                  tasks.withType<JavaExec> { jvmArgs("%1$s") }; tasks.withType<Test> { jvmArgs("%1$s") }
					build-image:             <BPE_DELIM_JAVA_TOOL_OPTIONS xml:space="preserve"> </BPE_DELIM_JAVA_TOOL_OPTIONS>
					                         <BPE_APPEND_JAVA_TOOL_OPTIONS>%1$s</BPE_APPEND_JAVA_TOOL_OPTIONS>"""
				.formatted(this.value)
				.indent(4)
				.stripTrailing();
		}

	}

}
