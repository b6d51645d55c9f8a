package com.example.joined;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An installation of BlockHound by a user is whole, and Loopguard's status is right,
 * whatever gets in their way.
 */
class SituationTests {

	private static final String ERROR = "BlockingOperationError Blocking call! ";

	private static final String MARKED = ERROR + "com.example.joined.Subjects.marked";

	/**
	 * Netty's integration accepts the threads of a pool, on which a user's marks count.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "pool", "pool later" })
	void poolIsNoEventLoopBecauseAnotherIntegrationSaysSo(String situation) throws Exception {
		Map<String, String> seen = run(situation);
		assertThat(seen.get("sleep in pool")).startsWith(ERROR + "java.lang.Thread.sleep");
		assertThat(seen).containsEntry("list in pool", "passes").containsEntry("marked", MARKED);
		assertThat(seen.get("recorded")).contains("java.io.File.exists")
			.doesNotContain("java.lang.Thread.sleep", "java.io.File.list");
	}

	@Test
	void allowancesOfALaterInstallationAreListed() throws Exception {
		assertThat(run("pool later").get("allowances")).contains("com.example.joined.Subjects");
	}

	@Test
	void classesThatCannotBeWovenLeaveTheOthers() throws Exception {
		Map<String, String> seen = run("hostile");
		assertThat(seen).containsEntry("marked", MARKED);
		assertThat(seen.get("detector")).startsWith("DEGRADED ")
			.contains("could not instrument com.example.joined.Hostile$Adapted")
			.doesNotContain("could not be joined");
	}

	@Test
	void anotherBlockHoundThatDoesNotSeeLoopguardIsLeftAlone() throws Exception {
		assertThat(run("elsewhere")).containsEntry("elsewhere", "passes")
			.containsEntry("marked", MARKED)
			.containsEntry("detector", "ACTIVE null");
	}

	/**
	 * A thread of the self-test may have to wait for a lock when it ends.
	 */
	@Test
	void threadOfLoopguardItselfIsNotReported() throws Exception {
		assertThat(run("own thread")).containsEntry("own", "passes").containsEntry("marked", MARKED);
	}

	@Test
	void predicateThatCannotAnswerYetIsWaitedForByNobody() throws Exception {
		Map<String, String> seen = run("initializer");
		assertThat(seen).containsEntry("marked", MARKED).containsEntry("detector", "ACTIVE null");
		assertThat(seen.get("recorded")).contains("java.io.File.exists");
	}

	@Test
	void predicateThatFailsIsAskedOnceAndToldOf() throws Exception {
		Map<String, String> seen = run("failing predicate");
		assertThat(seen).containsEntry("marked", "passes")
			.containsEntry("exists", "passes")
			.containsEntry("plain thread", "passes");
		assertThat(seen.get("recorded")).contains("java.io.File.exists");
		assertThat(seen.get("detector")).startsWith("DEGRADED ").contains("could not be joined", "unfit");
	}

	@Test
	void applicationThatStartsMeanwhileWaitsForTheInstallation() throws Exception {
		Map<String, String> seen = run("race");
		assertThat(seen).containsEntry("user", "passes")
			.containsEntry("status meanwhile", "passes")
			.containsEntry("application", "ACTIVE")
			.containsEntry("marked", MARKED)
			.containsEntry("detector", "ACTIVE null");
		assertThat(seen.get("recorded")).contains("java.io.File.exists");
	}

	@Test
	void applicationThatStartsMeanwhileIsToldOfAnInstallationThatFails() throws Exception {
		Map<String, String> seen = run("failing race");
		assertThat(seen).containsEntry("user", "IllegalStateException unfit")
			.containsEntry("application", "UNAVAILABLE");
		assertThat(seen.get("detector")).contains("has failed");
	}

	/**
	 * BlockHound cannot work there, with or without Loopguard.
	 */
	@Test
	void blockHoundOnTheModulePathIsRefused() throws Exception {
		Map<Boolean, List<String>> path = Stream
			.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
			.collect(Collectors.partitioningBy((entry) -> new File(entry).getName().startsWith("blockhound-1")));
		assertThat(path.get(true)).hasSize(1);
		Map<String, String> seen = Fork.run(SituationProgram.class, "loopguard", "-cp",
				String.join(File.pathSeparator, path.get(false)), "-p", path.get(true).get(0), "--add-modules",
				"reactor.blockhound");
		assertThat(seen).containsEntry("exists", "passes");
		assertThat(seen.get("detector")).startsWith("UNAVAILABLE ").contains("on the module path");
	}

	private static Map<String, String> run(String situation) throws Exception {
		return Fork.run(SituationProgram.class, situation);
	}

}
