package io.github.loopguard.detect;

/**
 * An option that this JVM was started without, and what to type to add it, however the
 * application is started.
 *
 * @param value the option as the JVM wants it
 * @since 0.1
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
