package io.github.loopguard.test.tracking;

/**
 * Messages for JVMs in which blocking calls are not detected.
 */
final class Remedy {

	static final String TURNED_OFF = """
			Loopguard is turned off by the system property loopguard.enabled=false or the environment variable \
			LOOPGUARD_ENABLED=false, so this test would pass whatever it blocks.
			Remove the setting from the build, or remove @NonBlockingTest.""";

	private static final String LINES = """
			Add to the build:
			  Maven, Surefire and Failsafe:
			    <argLine>@{argLine} -XX:+EnableDynamicAgentLoading -Djdk.attach.allowAttachSelf=true</argLine>
			    (with <argLine/> among the <properties>, unless another plugin sets it)
			  Gradle:
			    tasks.withType<Test> { jvmArgs("-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true") }
			  An IDE without either: the same two options as VM options.
			Remove -javaagent:blockhound.jar, calls of BlockHound.install() and blockhound-junit-platform: \
			Loopguard installs BlockHound itself. If nothing helps, add -XX:+AllowRedefinitionToAddDeleteMethods.""";

	private Remedy() {
	}

	static String of(String reason) {
		return "Blocking calls would go unseen in this JVM, so this test would pass whatever it blocks."
				+ System.lineSeparator() + "Reason: " + reason + System.lineSeparator() + LINES;
	}

}
