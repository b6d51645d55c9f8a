package com.example.supervised;

import java.util.Map;

import com.example.joined.Fork;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is done to Loopguard's threads, a new violation is told afterwards, and the
 * status says what is wrong until it is over. Each program prints how long that took.
 */
class SupervisorTests {

	@Test
	void errorAtAnyStepOfAnyThread() throws Exception {
		Map<String, String> seen = run("errors");
		assertThat(Integer.parseInt(seen.get("hit"))).as(seen.toString()).isGreaterThan(20);
		assertThat(Integer.parseInt(seen.get("said"))).as(seen.toString()).isPositive();
		assertThat(seen.keySet()).anyMatch((step) -> step.startsWith("loopguard "))
			.anyMatch((step) -> step.startsWith("loopguard-listeners "))
			.anyMatch((step) -> step.startsWith("loopguard-weaver "));
	}

	@Test
	void heapThatWasFull() throws Exception {
		assertThat(run("heap", "-Xmx64m")).containsKey("heap");
	}

	@Test
	void loggerThatThrows() throws Exception {
		assertThat(run("logger")).containsKeys("appender is said", "filter is said");
	}

	@Test
	void listenersAndRegistriesThatThrowHangAndRecurse() throws Exception {
		assertThat(run("listeners")).containsKeys("listener hangs", "registry hangs")
			.containsEntry("while a listener hangs", "is said")
			.containsEntry("while a registry throws", "is said");
	}

	private static Map<String, String> run(String harm, String... options) throws Exception {
		Map<String, String> seen = Fork.run(SupervisedProgram.class, harm, options);
		System.out.println("A new violation is told after " + harm + " within " + seen.get("slowest") + " ms");
		return seen;
	}

}
