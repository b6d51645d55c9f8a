package com.example.slice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.baseline.BaselineFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, in JVMs of their own, what tests do with a baseline.
 */
@Tag("any-jdk")
class BaselineTests {

	private static final String CASE = ReactorCase.class.getName();

	private static final BaselineEntry FIXED = BaselineEntry
		.recorded(new ViolationKey("sleep", "java.lang.Thread.sleep", "com.acme.A#a"), List.of(CASE + "#fixed"));

	private static final BaselineEntry ELSEWHERE = BaselineEntry
		.recorded(new ViolationKey("sleep", "java.lang.Thread.sleep", "com.acme.B#b"), List.of("com.acme.BTests#b"));

	@TempDir
	private Path directory;

	@Test
	void recordsThenToleratesThenPrunes() throws IOException {
		BaselineFile file = new BaselineFile(this.directory.resolve("known.json"));
		assertThat(run(Map.of(), "record")).contains("passed: 8", "WARN io.github.loopguard.Blocking",
				"0 entries, 0 matched, 0 not-exercised, 0 prunable; 1 recorded");
		Baseline recorded = file.read().orElseThrow();
		assertThat(recorded.entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.key())
				.hasToString("[file-read] java.nio.file.Files.readString at " + "com.example.shop.Blocking#read");
			assertThat(entry.via()).containsExactly(CASE + "#catchThrowable", CASE + "#fireAndForget",
					CASE + "#onErrorContinue", CASE + "#onErrorReturn", CASE + "#plain", CASE + "#retryWithFallback",
					CASE + "#schedule");
		});

		file.update((baseline) -> baseline.with(List.of(FIXED, ELSEWHERE)));
		String before = Files.readString(file.path());
		assertThat(run(Map.of(), null)).doesNotContain("WARN io.github.loopguard.Blocking")
			.contains("passed: 8", "(check): 3 entries, 1 matched, 1 not-exercised, 1 prunable; 0 new",
					"prunable: " + FIXED.key() + "; it did not block in " + CASE + "#fixed",
					"run the same tests with -Dloopguard.baseline.mode=prune");
		assertThat(file.path()).hasContent(before);

		assertThat(run(Map.of(), "prune")).contains("passed: 8", "(prune): 3 entries, 1 matched");
		assertThat(file.read().orElseThrow()).isEqualTo(recorded.with(List.of(ELSEWHERE)));
	}

	@Test
	void whatAClassDoesForAllItsTestsIsRecordedForTheClassAndPrunedWithIt() throws IOException {
		BaselineFile file = new BaselineFile(this.directory.resolve("known.json"));
		String type = AttributionCases.Around.class.getName();
		BaselineEntry fixed = BaselineEntry.recorded(FIXED.key(), List.of(type));
		file.update((baseline) -> baseline.with(List.of(fixed)));
		assertThat(run(AttributionCases.Around.class, Map.of(), "record")).contains("passed: 1", "1 recorded");
		assertThat(file.read().orElseThrow().entries()).extracting(BaselineEntry::via)
			.containsExactly(List.of(type), List.of(type));
		assertThat(run(AttributionCases.Around.class, Map.of(), "prune")).contains("(prune): 2 entries, 1 matched",
				"1 prunable");
		assertThat(file.read().orElseThrow().entries()).singleElement()
			.satisfies((entry) -> assertThat(entry.via()).containsExactly(type));
	}

	@Test
	void continuousIntegrationNeverWrites() throws IOException {
		assertThat(run(Map.of("CI", "true"), "record")).contains("passed: 1", "failed: catchThrowable()",
				"or add to the baseline: { \"at\": \"com.example.shop.Blocking#read\", \"rule\": \"file-read\"",
				"CI=true, so loopguard.baseline.mode=record writes nothing");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aBrokenFileFailsTheTestsAndStaysAsItIs() throws IOException {
		Path file = Files.writeString(this.directory.resolve("known.json"), "{\n  \"schema\": 1,\n  \"entr");
		assertThat(run(Map.of(), "record")).contains("passed: 0", "failed: ReactorCase",
				"The baseline " + file + ", line 3: it is no JSON");
		assertThat(file).hasContent("{\n  \"schema\": 1,\n  \"entr");
	}

	private String run(Map<String, String> environment, String mode) throws IOException {
		return run(ReactorCase.class, environment, mode);
	}

	private String run(Class<?> type, Map<String, String> environment, String mode) throws IOException {
		List<String> options = new ArrayList<>();
		options.add("-Dloopguard.baseline.location=" + this.directory.resolve("known.json"));
		if (mode != null) {
			options.add("-Dloopguard.baseline.mode=" + mode);
		}
		return Launch.run(type, options, environment);
	}

}
