package com.example.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.baseline.BaselineFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A baseline that Loopguard 0.1 wrote for {@link FormerCalls} and
 * {@link FormerInitialisers} passes as it is, and prune gives its entries the names of
 * today.
 */
class FormerBaselineTests {

	private static final Path WRITTEN_BY_0_1 = Path.of("src/test/resources/com/example/clients/baseline-0.1.json");

	private static final String TESTS = "18 tests succeeded";

	/** What has its name still, even if 0.1 counted more with it. */
	private static final Set<String> UNCHANGED = Set.of("com.example.clients.FormerCalls",
			"com.example.clients.FormerCalls#sharedEntityManager", "com.example.clients.FormerCalls#listInALaterTurn",
			"com.example.clients.FormerCalls#walkInALaterTurn", "com.example.clients.FormerCalls#linesInALaterTurn",
			"com.example.clients.FormerCalls#directoryInALaterTurn",
			"com.example.clients.FormerInitialisers#initialiserOfALoadedClass");

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void copy() throws IOException {
		this.file = Files.copy(WRITTEN_BY_0_1, this.directory.resolve("loopguard-baseline.json"));
	}

	@Test
	void passesUnchanged() throws Exception {
		String output = run("check");
		assertThat(output).contains(TESTS).contains("; 0 new");
		assertThat(this.file).hasSameTextualContentAs(WRITTEN_BY_0_1);
	}

	@Test
	void isRewrittenByPrune() throws Exception {
		run("prune");
		Map<String, List<ViolationKey>> before = keys(WRITTEN_BY_0_1);
		Map<String, List<ViolationKey>> after = keys(this.file);
		// What a framework does is only observed, so that it needs no entry any more.
		before.remove("com.example.clients.FormerCalls#reactiveRedis");
		assertThat(after.keySet()).isEqualTo(before.keySet());
		UNCHANGED.forEach((test) -> assertThat(after.remove(test)).isNotEmpty());
		assertThat(after).allSatisfy((test, keys) -> {
			assertThat(keys).as("one call in %s", test).hasSizeLessThanOrEqualTo(2);
			assertThat(keys).as("entries of 0.1 in %s", test).doesNotContainAnyElementsOf(before.get(test));
		});
		assertThat(run("check")).contains(TESTS).contains(" 0 prunable; 0 new");
	}

	private static Map<String, List<ViolationKey>> keys(Path file) {
		Baseline baseline = new BaselineFile(file).read().orElseThrow();
		return baseline.entries()
			.stream()
			.flatMap((entry) -> entry.via().stream())
			.distinct()
			.collect(Collectors.toMap((test) -> test,
					(test) -> baseline.entries()
						.stream()
						.filter((entry) -> entry.via().contains(test))
						.map(BaselineEntry::key)
						.toList()));
	}

	private String run(String mode) throws Exception {
		Path output = this.directory.resolve(mode + ".out");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+EnableDynamicAgentLoading", "-Dloopguard.report.formats=none",
				"-Dloopguard.baseline.mode=" + mode, "-Dloopguard.baseline.location=" + this.file, "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				FormerCalls.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().remove("CI");
		Process process = builder.start();
		try {
			assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		return Files.readString(output);
	}

}
