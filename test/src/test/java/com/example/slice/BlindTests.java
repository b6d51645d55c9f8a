package com.example.slice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, in JVMs of their own, that nothing passes where nothing can be seen.
 */
class BlindTests {

	@Test
	void passesAndFailsAsAlwaysWhereLoopguardSees() throws IOException {
		assertThat(launch(ReactorCase.class, List.of())).contains("passed: 1", "failed: catchThrowable()")
			.doesNotContain("go unseen");
	}

	@Test
	void failsWhenTurnedOff() throws IOException {
		assertThat(launch(ReactorCase.class, List.of("-Dloopguard.enabled=false"))).contains("passed: 0",
				"failed: ReactorCase", "loopguard.enabled=false", "remove @NonBlockingTest");
	}

	@Test
	void failsWithTheLinesToAddWhenNoAgentCanAttach() throws IOException {
		assertThat(launch(ReactorCase.class, List.of("-XX:+DisableAttachMechanism"))).contains("passed: 0",
				"failed: ReactorCase", "Blocking calls would go unseen in this JVM", "UNAVAILABLE",
				"<argLine>@{argLine} -XX:+EnableDynamicAgentLoading -Djdk.attach.allowAttachSelf=true</argLine>",
				"tasks.withType<Test> { jvmArgs(");
	}

	@Test
	void failsWhatArrivesAfterAllClasses() throws IOException {
		assertThat(launch(TooLateCase.class, List.of())).contains("passed: 1", "failed: JUnit Jupiter",
				"unattributed: it happened after its test's class was over");
	}

	private static String launch(Class<?> type, List<String> options) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launch.class.getName(), type.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (InputStream output = process.getInputStream()) {
			return new String(output.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
