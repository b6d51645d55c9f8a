package com.example.flight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the JVM has no flight recorder that works, that is a status and no error.
 */
class AbsenceTests {

	@Test
	void workingRecorderIsActive() throws IOException {
		assertThat(run()).contains("state=ACTIVE, reason=null");
	}

	@Test
	void missingModuleIsAStatus() throws IOException {
		assertThat(run("--limit-modules",
				"java.base,java.logging,java.management,java.instrument,java.xml,java.naming," + "jdk.unsupported"))
			.contains("state=UNAVAILABLE")
			.contains("add the module jdk.jfr to its image");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void repositoryThatCannotBeWrittenIsAStatus() throws IOException {
		assertThat(run("-Djava.io.tmpdir=/proc/self")).contains("state=UNAVAILABLE")
			.contains("it needs a directory that is writable");
	}

	private static String run(String... options) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), AbsentProgram.class.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
