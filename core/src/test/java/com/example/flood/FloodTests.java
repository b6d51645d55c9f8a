package com.example.flood;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits hold and counters add up in a heap of 64 MB.
 */
class FloodTests {

	@Test
	void millionOccurrencesOfTenThousandFingerprintsPassThroughASmallHeap() throws Exception {
		String output = run();
		assertThat(output).contains("occurrences=" + FloodApplication.OCCURRENCES + System.lineSeparator())
			.contains("kept+dropped=" + FloodApplication.OCCURRENCES + System.lineSeparator())
			.contains("violations=1000" + System.lineSeparator())
			.contains("exceeded=false")
			.doesNotContain("OutOfMemoryError");
		assertThat(Pattern.compile("evicted=(\\d+)").matcher(output).results().map((it) -> it.group(1)).toList())
			.singleElement()
			.satisfies((evicted) -> assertThat(Long.parseLong(evicted)).isPositive());
		List<String> logged = Pattern.compile("at com\\.acme\\.Type(\\d+)\\.")
			.matcher(output)
			.results()
			.map(MatchResult::group)
			.toList();
		assertThat(logged).isNotEmpty().hasSizeLessThanOrEqualTo(20).doesNotHaveDuplicates();
	}

	private static String run() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-cp", System.getProperty("java.class.path"), FloodApplication.class.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
