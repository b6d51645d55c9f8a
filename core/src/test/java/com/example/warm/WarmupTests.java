package com.example.warm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first occurrences on an event loop load no class of Loopguard's: the warm-up has.
 */
class WarmupTests {

	@TempDir
	private Path directory;

	@Test
	void firstOccurrencesLoadNothing() throws Exception {
		Path log = this.directory.resolve("classes.log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xlog:class+load:file=" + log, "-cp", System.getProperty("java.class.path"),
				WarmupApplication.class.getName())
			.redirectErrorStream(true)
			.start();
		process.getInputStream().readAllBytes();
		assertThat(process.waitFor()).isZero();
		List<String> lines = Files.readAllLines(log);
		assertThat(own(lines, "Begin ", "End ")).isEmpty();
		assertThat(own(lines, "BeginAgain ", "EndAgain ")).as("where calls are to fail").isEmpty();
	}

	private static List<String> own(List<String> lines, String begin, String end) {
		return lines.subList(index(lines, "WarmupApplication$" + begin), index(lines, "WarmupApplication$" + end))
			.stream()
			.filter((line) -> line.contains("] io.github.loopguard."))
			.toList();
	}

	private static int index(List<String> lines, String name) {
		for (int i = 0; i < lines.size(); i++) {
			if (lines.get(i).contains(name)) {
				return i;
			}
		}
		throw new IllegalStateException(name);
	}

}
