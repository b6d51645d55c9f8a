package com.example.session;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In a session of tests, Loopguard also joins a builder of BlockHound that loads no
 * integrations.
 */
class BuilderSessionTests {

	private static final String FLAG = "-XX:+AllowRedefinitionToAddDeleteMethods";

	private static final String LOOPGUARD = "io.github.loopguard.runtime.Loopguard source:";

	private static final String WATCH = "io.github.loopguard.detect.installation.InstallationWatch source:";

	private static final Predicate<String> EVERYTHING = (entry) -> true;

	@Test
	void builderWithoutIntegrationsNeedsNoFlag() throws Exception {
		assertThat(run(BuilderCalls.class, EVERYTHING)).contains("succeeded: 3").contains(LOOPGUARD);
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_18, disabledReason = "later JDKs have Java methods in place of native ones")
	void builderNeedsTheFlagWhereLoopguardIsDisabled() throws Exception {
		assertThat(run(BuilderCalls.class, EVERYTHING, "-Dloopguard.enabled=false")).contains("succeeded: 0")
			.contains("You need to add '" + FLAG)
			.doesNotContain(WATCH);
	}

	@Test
	void builderIsAsItWasWhereLoopguardIsDisabled() throws Exception {
		assertThat(run(BuilderCalls.class, EVERYTHING, "-Dloopguard.enabled=false", FLAG)).contains("succeeded: 3")
			.doesNotContain(WATCH);
	}

	@Test
	void builderThatCannotBeJoinedIsInstalledAlone() throws Exception {
		assertThat(run(BuilderCalls.class, EVERYTHING, "-XX:+DisableAttachMechanism"))
			.contains("this JVM does not let an agent attach", "Could not self-attach");
	}

	@Test
	void nothingIsInstalledWhereNoBuilderIs() throws Exception {
		assertThat(run(PlainCalls.class, EVERYTHING)).contains("succeeded: 1")
			.contains(WATCH)
			.doesNotContain(LOOPGUARD);
	}

	@Test
	void sessionNeedsNoBlockHound() throws Exception {
		assertThat(run(PlainCalls.class, (entry) -> !entry.contains("blockhound"))).contains("succeeded: 1")
			.contains("io.github.loopguard.session.BuilderSessionListener source:")
			.doesNotContain(WATCH);
	}

	private static String run(Class<?> tests, Predicate<String> entries, String... options) throws Exception {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-XX:+EnableDynamicAgentLoading", "-XX:TieredStopAtLevel=1", "-Xlog:class+load", "-cp",
						Arrays.stream(classPath.split(File.pathSeparator))
							.filter(entries)
							.collect(Collectors.joining(File.pathSeparator))));
		command.addAll(List.of(options));
		command.addAll(List.of(SessionProgram.class.getName(), tests.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
