package com.example.slice;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, in JVMs of their own, that nothing passes where nothing can be seen.
 */
class BlindTests {

	@Test
	void passesAndFailsAsAlwaysWhereLoopguardSees() throws IOException {
		assertThat(Launch.run(ReactorCase.class, List.of())).contains("passed: 1", "failed: catchThrowable()")
			.doesNotContain("go unseen");
	}

	@Test
	void failsWhenTurnedOff() throws IOException {
		assertThat(Launch.run(ReactorCase.class, List.of("-Dloopguard.enabled=false"))).contains("passed: 0",
				"failed: ReactorCase", "loopguard.enabled=false", "remove @NonBlockingTest");
	}

	@Test
	void failsWithTheLinesToAddWhenNoAgentCanAttach() throws IOException {
		assertThat(Launch.run(ReactorCase.class, List.of("-XX:+DisableAttachMechanism"))).contains("passed: 0",
				"failed: ReactorCase", "Blocking calls would go unseen in this JVM", "UNAVAILABLE",
				"<argLine>@{argLine} -XX:+EnableDynamicAgentLoading -Djdk.attach.allowAttachSelf=true</argLine>",
				"tasks.withType<Test> { jvmArgs(");
	}

	@Test
	void failsWhatArrivesAfterAllClasses() throws IOException {
		assertThat(Launch.run(TooLateCase.class, List.of())).contains("passed: 1", "failed: JUnit Jupiter",
				"unattributed: it happened after its test's class was over");
	}

}
