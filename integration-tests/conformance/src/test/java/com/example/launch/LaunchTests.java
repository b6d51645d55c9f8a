package com.example.launch;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Starts applications in JVMs of their own, without the JVM flag that BlockHound asks
 * for.
 */
@Tag("any-jdk")
class LaunchTests {

	private static final List<String> NO_FLAGS = List.of();

	@Test
	void findsWithoutAnyFlag() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class, Map.of(), NO_FLAGS)) {
			application.get("/read");
			assertThat(application.get("/actuator/blocking")).contains("\"status\":\"ACTIVE\"")
				.contains("\"api\":\"java.nio.file.Files.readString\"")
				.contains("\"methodName\":\"read\"");
			await().untilAsserted(() -> assertThat(application.output())
				.containsPattern("INFO .* Loopguard: profile development; no JVM flag needed; (\\d+) of \\1 hooks live "
						+ "for \\d+ rules; (\\d+) of \\2 allowances in force; nothing degraded"));
			assertThat(application.output()).doesNotContainPattern("WARN .* Loopguard:");
		}
	}

	/**
	 * The jar that a class is in may be the one whose reading is being recorded.
	 */
	@Test
	void recordsWithoutLoadingClassesOfItsOwn() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class, Map.of(),
				List.of("-Xlog:class+load"))) {
			application.get("/actuator/health");
			await().untilAsserted(() -> assertThat(application.output()).contains("allowances in force"));
			int before = application.output().length();
			application.get("/read");
			await().untilAsserted(() -> assertThat(application.output().substring(before)).contains("[file-read]"));
			assertThat(application.output().substring(before)).doesNotContain("io.github.loopguard.detect.")
				.doesNotContain("io.github.loopguard.Frame ");
		}
	}

	@Test
	void findsInTheMainClassAndLeavesItsParameterNamesAlone() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class, Map.of(), NO_FLAGS)) {
			assertThat(application.get("/greet/anna")).isEqualTo("Hello anna");
			assertThat(application.get("/actuator/blocking")).contains("\"rule\":\"sleep\"")
				.contains("\"methodName\":\"greet\"");
		}
	}

	@Test
	void joinsBlockHoundThatTheUserInstalledFirst() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(BlockHoundFirstApplication.class, Map.of(),
				NO_FLAGS)) {
			application.get("/read");
			assertThat(application.get("/actuator/blocking")).contains("\"status\":\"ACTIVE\"")
				.contains("\"api\":\"java.nio.file.Files.readString\"")
				.contains("\"origin\":\"APPLICATION\"");
		}
	}

	@Test
	void killSwitchLoadsNothingOfBlockHound() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class,
				Map.of("LOOPGUARD_ENABLED", "false"), List.of("-Xlog:class+load"))) {
			application.get("/read");
			assertThat(application.get("/actuator/blocking")).contains("\"status\":\"OFF\"")
				.contains("loopguard.enabled is false")
				.contains("\"violations\":[]");
			assertThat(application.get("/bridged")).startsWith("boundedElastic-");
			assertThat(application.output()).contains("reactor.core.publisher.Mono")
				.doesNotContain("reactor.blockhound");
		}
	}

	@Test
	void startsWhereNoAgentCanAttachAndSaysOnceWhatToDo() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class, Map.of(),
				List.of("-XX:+DisableAttachMechanism"))) {
			application.get("/read");
			assertThat(application.get("/actuator/blocking")).contains("\"status\":\"DEGRADED\"")
				.contains("\"state\":\"UNAVAILABLE\"")
				.contains("without -XX:+DisableAttachMechanism");
			assertThat(application.output()).containsOnlyOnce("The detector 'blockhound' is UNAVAILABLE")
				.doesNotContain("APPLICATION FAILED TO START");
		}
	}

	@Test
	void refusesToStartWhereNoAgentCanAttachIfAskedTo() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class, Map.of(),
				List.of("-XX:+DisableAttachMechanism"), "--loopguard.on-unavailable=fail")) {
			assertThat(application.exitCode()).isEqualTo(1);
			assertThat(application.output()).contains("APPLICATION FAILED TO START")
				.contains("loopguard.on-unavailable is 'fail'")
				.contains("without -XX:+DisableAttachMechanism")
				.contains("java -javaagent:byte-buddy-agent.jar -jar application.jar")
				.contains("mvn spring-boot:run -Dspring-boot.run.jvmArguments=\"-javaagent:byte-buddy-agent.jar\"")
				.contains("<argLine>@{argLine} -javaagent:byte-buddy-agent.jar</argLine>")
				.contains("jvmArgs(\"-javaagent:byte-buddy-agent.jar\")")
				.contains("export JDK_JAVA_OPTIONS=\"-javaagent:byte-buddy-agent.jar\"")
				.contains("<BPE_APPEND_JAVA_TOOL_OPTIONS>-javaagent:byte-buddy-agent.jar<");
		}
	}

	@Test
	void startsWithAnUnwritableTemporaryDirectory() throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class, Map.of(),
				List.of("-Djava.io.tmpdir=/dev/null/tmp"))) {
			application.get("/read");
			assertThat(application.get("/actuator/blocking")).contains("\"state\":\"UNAVAILABLE\"");
			assertThat(application.output()).containsOnlyOnce("The detector 'blockhound' is UNAVAILABLE");
		}
	}

	@Test
	void unknownRuleIsRefusedWithPropertyValueAndRemedy() throws Exception {
		assertRefused("--loopguard.rules.file-reed.action=log", "loopguard.rules.file-reed", "There is no such rule",
				"file-read");
	}

	@Test
	void unknownActionIsRefusedWithPropertyValueAndRemedy() throws Exception {
		assertRefused("--loopguard.rules.file-read.action=scream", "loopguard.rules.file-read.action", "scream",
				"OBSERVE");
	}

	@Test
	void negativeLimitIsRefusedWithPropertyValueAndRemedy() throws Exception {
		assertRefused("--loopguard.ledger.max-violations=-1", "loopguard.ledger.max-violations", "-1",
				"between 1 and 100000");
	}

	private static void assertRefused(String argument, String... explanation) throws Exception {
		try (LaunchedApplication application = LaunchedApplication.start(LaunchApplication.class, Map.of(), NO_FLAGS,
				argument)) {
			assertThat(application.exitCode()).isEqualTo(1);
			assertThat(application.output()).contains("APPLICATION FAILED TO START").contains(explanation);
		}
	}

}
