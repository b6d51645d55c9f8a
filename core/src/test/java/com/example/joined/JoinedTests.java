package com.example.joined;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever installs BlockHound himself gets at least what BlockHound gives him, with
 * Loopguard on the class path, without the JVM flag and without an application.
 */
class JoinedTests {

	private static final String ERROR = "BlockingOperationError Blocking call! ";

	private static final String PASSES = "passes";

	private static final String SLEEP = "java.lang.Thread." + nativeName("sleep", "sleep0", "sleepNanos0");

	private static final String YIELD = "java.lang.Thread." + nativeName("yield", "yield0", "yield0");

	/**
	 * What BlockHound finds of what {@link JoinedProgram} calls.
	 */
	private static final Map<String, String> FOUND = Map.ofEntries(Map.entry("sleep", SLEEP),
			Map.entry("wait", "java.lang.Object#wait"), Map.entry("wait in the JDK", "java.lang.Object#wait"),
			Map.entry("yield", YIELD), Map.entry("yield by reference", YIELD), Map.entry("sleep by reference", SLEEP),
			Map.entry("wait by reference", "java.lang.Object#wait"), Map.entry("spin", "java.lang.Thread.onSpinWait"),
			Map.entry("park", "jdk.internal.misc.Unsafe#park"), Map.entry("read", "java.io.FileInputStream#read0"),
			Map.entry("marked", "com.example.joined.Subjects.marked"),
			Map.entry("marked native", "java.lang.Thread#setPriority0"), Map.entry("disallowing", SLEEP),
			Map.entry("integration's loop", SLEEP), Map.entry("changing, now a loop", SLEEP));

	@Test
	void throwsBlockHoundsErrorAndRecordsByItsOwnHooks() throws Exception {
		String output = Fork.output(JoinedProgram.class, "install");
		assertThat(output).contains("fix: Mono.delay(duration)").doesNotContain("actuator");
		Map<String, String> seen = Fork.values(output);
		FOUND.forEach((call, method) -> assertThat(seen).containsEntry(call, ERROR + method));
		assertThat(seen).containsEntry("exists", PASSES)
			.containsEntry("marked late", PASSES)
			.containsEntry("allowing", PASSES)
			.containsEntry("allowing late", ERROR + SLEEP)
			.containsEntry("on a pool", PASSES)
			.containsEntry("changing", PASSES)
			.containsEntry("detector", "ACTIVE");
		assertThat(seen.get("stack")).startsWith(SLEEP + " ").doesNotContain("reactor.blockhound");
		assertThat(seen.get("recorded")).contains("java.lang.Thread.sleep", "java.lang.Object.wait",
				"java.io.File.exists", "java.io.FileInputStream.read", "com.example.joined.Subjects.marked");
	}

	@Test
	void callsTheUsersCallbackToo() throws Exception {
		Map<String, String> seen = Fork.run(JoinedProgram.class, "callback");
		FOUND.keySet().forEach((call) -> assertThat(seen).containsEntry(call, PASSES));
		assertThat(seen.get("callback").replaceAll("[\\[\\]]", "").split(", ")).containsExactlyInAnyOrder(SLEEP, YIELD,
				"java.lang.Object#wait", "java.lang.Thread.onSpinWait", "jdk.internal.misc.Unsafe#park",
				"java.io.FileInputStream#read0", "com.example.joined.Subjects.marked",
				"com.example.joined.Subjects.markedLate", "java.lang.Thread#setPriority0");
		assertThat(seen.get("recorded")).contains("java.lang.Thread.sleep", "com.example.joined.Subjects.markedLate");
	}

	@Test
	void throwsBlockHoundsErrorAlsoWhereLoopguardWasFirst() throws Exception {
		Map<String, String> seen = Fork.run(JoinedProgram.class, "second");
		assertThat(seen).containsEntry("before", PASSES);
		FOUND.forEach((call, method) -> assertThat(seen).containsEntry(call, ERROR + method));
		assertThat(seen).containsEntry("allowing", PASSES).containsEntry("exists", PASSES);
	}

	@Test
	void replacesReferencesInClassesThatUsedThemBefore() throws Exception {
		Map<String, String> seen = Fork.run(JoinedProgram.class, "used before");
		FOUND.forEach((call, method) -> assertThat(seen).containsEntry(call, ERROR + method));
		if (Runtime.version().feature() < 19) {
			assertThat(seen.get("sites")).contains("methodName=yield, fileName=References.java, lineNumber=12",
					"methodName=sleep, fileName=References.java, lineNumber=16",
					"methodName=wait, fileName=References.java, lineNumber=21");
		}
	}

	@Test
	void onlyRecordsWhereTheUserWantsNothingElse() throws Exception {
		Map<String, String> seen = Fork.run(JoinedProgram.class, "install", "-Dloopguard.blockhound-callback=false");
		FOUND.keySet().forEach((call) -> assertThat(seen).containsEntry(call, PASSES));
		assertThat(seen.get("recorded")).contains("java.lang.Thread.sleep", "com.example.joined.Subjects.marked")
			.doesNotContain("onSpinWait");
	}

	/**
	 * A builder that loads no integrations does not load Loopguard either.
	 */
	@Test
	void leavesAnInstallationAloneThatItCouldNotJoin() throws Exception {
		Map<String, String> seen = Fork.run(JoinedProgram.class, "too early",
				"-XX:+AllowRedefinitionToAddDeleteMethods");
		assertThat(seen).containsEntry("sleep", PASSES).containsEntry("detector", "UNAVAILABLE");
		assertThat(seen.get("callback")).contains(SLEEP, "java.lang.Object#wait").doesNotContain("Subjects");
	}

	private static String nativeName(String until18, String until21, String later) {
		int feature = Runtime.version().feature();
		if (feature < 19) {
			return until18;
		}
		return (feature <= 21) ? until21 : later;
	}

}
