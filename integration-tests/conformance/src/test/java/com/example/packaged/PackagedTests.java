package com.example.packaged;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whom a violation accuses does not depend on the packaging: the tests in which stacks
 * matter pass in an executable jar, and extracted, as they do from directories.
 */
class PackagedTests {

	private static final List<String> TESTS = List.of("com.example.attribution.AttributionTests",
			"com.example.attribution.ControlInversionTests", "com.example.attribution.InnocentTests",
			"com.example.attribution.SilentTests", "com.example.attribution.StableIdTests");

	@TempDir
	private static Path directory;

	private static ExecutableJar jar;

	@BeforeAll
	static void repackage() throws Exception {
		jar = ExecutableJar.ofTests(directory, TestProgram.class);
	}

	@Test
	void inAnExecutableJar() throws Exception {
		assertThat(jar.run(TESTS))
			.containsPattern("\\d\\d tests succeeded, loaded by org.springframework.boot.loader.");
	}

	@Test
	@Tag("any-jdk")
	void extracted() throws Exception {
		assertThat(jar.extracted().run(TESTS))
			.containsPattern("\\d\\d tests succeeded, loaded by jdk.internal.loader.");
	}

}
