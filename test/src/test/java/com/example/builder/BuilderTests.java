package com.example.builder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A builder without integrations does not load Loopguard, but the session of the tests
 * has installed it before, so that the builder is joined and needs no flag of the JVM.
 */
class BuilderTests {

	@TempDir
	private Path directory;

	@Test
	void builderWithoutIntegrationsIsJoined() throws Exception {
		assertThat(run()).contains("3 tests succeeded");
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_18, disabledReason = "later JDKs have Java methods in place of native ones")
	void withoutLoopguardItNeedsTheFlag() throws Exception {
		assertThat(run("-Dloopguard.enabled=false")).doesNotContain("3 tests succeeded");
	}

	private String run(String... arguments) throws Exception {
		Path output = this.directory.resolve("output.txt");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-XX:+EnableDynamicAgentLoading", "-Dloopguard.report.formats=none"));
		command.addAll(List.of(arguments));
		command.addAll(
				List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						BuilderProgram.class.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return Files.readString(output);
	}

}
