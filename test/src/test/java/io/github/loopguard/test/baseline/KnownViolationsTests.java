package io.github.loopguard.test.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Action;
import io.github.loopguard.Held;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.baseline.BaselineEntry.Budget;
import io.github.loopguard.baseline.BaselineEntry.Status;
import io.github.loopguard.report.baseline.BaselineException;
import io.github.loopguard.report.baseline.BaselineFile;
import io.github.loopguard.test.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KnownViolations}.
 */
class KnownViolationsTests {

	private static final String TEST = "com.acme.InvoicesTests#renders";

	@TempDir
	private Path module;

	@Test
	void withoutAFileEveryViolationIsNew() {
		KnownViolations known = known(null);
		assertThat(known.judge(violation("render", 1), TEST)).contains("");
		assertThat(known.summary()).isEmpty();
		known.write();
		assertThat(this.module).isEmptyDirectory();
	}

	@Test
	void toleratesWhatIsKnownAndNothingElse() {
		write(entry("render", null, Budget.UNLIMITED));
		KnownViolations known = known(null);
		assertThat(known.judge(violation("render", 1), TEST)).isEmpty();
		assertThat(known.judge(violation("print", 1), TEST)).contains("");
		assertThat(known.summary().orElseThrow())
			.contains("(check): 1 entry, 1 matched, 0 not-exercised, 0 prunable; 1 new, 1 not tolerated");
	}

	@Test
	void anExpiredEntryCountsAsNewWhileCheckingAndRecording() {
		write(entry("render", LocalDate.now().minusDays(3), Budget.UNLIMITED));
		for (String mode : List.of("check", "record")) {
			KnownViolations known = known(mode);
			assertThat(known.judge(violation("render", 1), TEST))
				.contains("its baseline entry expired 3 days ago, owner @team-orders");
			assertThat(known.summary().orElseThrow()).contains("expired: [file-read] java.nio.file.Files.readString at "
					+ "com.acme.Invoices#render; its baseline entry expired 3 days ago, owner @team-orders");
		}
	}

	@Test
	void aBudgetLimitsWhatIsTolerated() {
		write(entry("render", null, new Budget(2, 50)), entry("print", null, new Budget(null, 10)));
		KnownViolations known = known(null);
		assertThat(known.judge(violation("render", 2), TEST)).isEmpty();
		assertThat(known.judge(violation("render", 3), TEST))
			.contains("its baseline entry tolerates 2 in one test, and there were 3");
		assertThat(known.judge(violation("print", 1), TEST))
			.contains("its baseline entry tolerates 10 ms, and it took 20 ms");
	}

	@Test
	void recordKeepsWhatPeopleWroteAndNotesTheTest() {
		BaselineEntry reviewed = entry("render", LocalDate.now(), new Budget(5, null));
		write(reviewed);
		KnownViolations known = known("record");
		assertThat(known.judge(violation("render", 1), TEST)).isEmpty();
		assertThat(known.judge(violation("print", 1), TEST)).isEmpty();
		assertThat(known.judge(violation("load", 1), null)).isEmpty();
		known.write();
		assertThat(entries()).containsExactly(BaselineEntry.recorded(violation("load", 1).key(), List.of()),
				BaselineEntry.recorded(violation("print", 1).key(), List.of(TEST)), reviewed.via(List.of(TEST)));
		assertThat(known.summary().orElseThrow()).contains("(record): 1 entry, 1 matched", "2 recorded");
	}

	@Test
	void pruneTakesOutWhatPassedWithoutBlocking() {
		write(entry("render", null, Budget.UNLIMITED).via(List.of(TEST)),
				entry("print", null, Budget.UNLIMITED).via(List.of("com.acme.InvoicesTests#fails")));
		KnownViolations known = known("prune");
		known.passed(TEST);
		known.write();
		assertThat(entries()).extracting((entry) -> entry.key().at()).containsExactly("com.acme.Invoices#print");
		assertThat(known.summary().orElseThrow()).contains("(prune): 2 entries, 0 matched, 1 not-exercised, 1 prunable",
				"prunable: [file-read] java.nio.file.Files.readString at com.acme.Invoices#render; it did not block in "
						+ TEST);
	}

	@Test
	void saysOfEntriesWithoutATestThatNoRunCanTell() {
		write(entry("load", null, Budget.UNLIMITED));
		KnownViolations known = known(null);
		assertThat(known.summary().orElseThrow()).contains("1 not-exercised, 0 prunable",
				"1 of them not-exercised without a test in via", "take out by hand");
		known.judge(violation("load", 1), null);
		assertThat(known.summary().orElseThrow()).contains("1 matched").doesNotContain("by hand");
	}

	@Test
	void onlyWhatIsInForceNeedsNoOtherWord() {
		write(entry("render", null, Budget.UNLIMITED), entry("print", LocalDate.now().minusDays(1), Budget.UNLIMITED));
		KnownViolations known = known(null);
		assertThat(known.isKnown(violation("render", 1))).isTrue();
		assertThat(known.isKnown(violation("print", 1))).isFalse();
		assertThat(known.isKnown(violation("load", 1))).isFalse();
	}

	@Test
	void continuousIntegrationWritesNothingAndSaysSo() {
		KnownViolations known = known("record", Map.of("CI", "true"));
		assertThat(known.judge(violation("render", 1), TEST)).contains("");
		known.write();
		assertThat(this.module).isEmptyDirectory();
		assertThat(known.summary().orElseThrow())
			.contains("CI=true, so loopguard.baseline.mode=record writes nothing; the file was checked instead");
	}

	@Test
	void aBrokenFileIsAProblemAndStaysAsItIs() throws IOException {
		Path file = this.module.resolve(BaselineFile.NAME);
		Files.writeString(file, "{\n  \"schema\": 1,\n  \"entries\": [\n");
		for (String mode : List.of("check", "record", "prune")) {
			KnownViolations known = known(mode);
			assertThat(known.problem().orElseThrow()).startsWith("Loopguard: The baseline " + file + ", line ")
				.contains("it is no JSON");
			known.write();
		}
		assertThat(file).hasContent("{\n  \"schema\": 1,\n  \"entries\": [\n");
		assertThat(known("off").problem()).isEmpty();
	}

	@Test
	void aFileThatBreaksMeanwhileIsNotOverwritten() throws IOException {
		write(entry("render", null, Budget.UNLIMITED));
		KnownViolations known = known("record");
		known.judge(violation("print", 1), TEST);
		Path file = this.module.resolve(BaselineFile.NAME);
		Files.writeString(file, "{");
		assertThatExceptionOfType(BaselineException.class).isThrownBy(known::write);
		assertThat(file).hasContent("{");
	}

	@Test
	void settingsThatMakeNoSenseAreProblems() {
		assertThat(known("recrod").problem())
			.contains("Loopguard: loopguard.baseline.mode=recrod does not exist. Write one of check, record, prune, "
					+ "off.");
		Properties properties = properties(null);
		properties.setProperty("loopguard.baseline.location", "known.json");
		assertThat(new KnownViolations(new Settings(properties, Map.of())).problem().orElseThrow())
			.contains("loopguard.baseline.location=known.json names " + this.module.resolve("known.json")
					+ ", which does not exist");
		properties.setProperty("loopguard.baseline.location", ".");
		assertThat(new KnownViolations(new Settings(properties, Map.of())).problem().orElseThrow())
			.contains("is a directory");
	}

	@Test
	void aDirectoryInPlaceOfTheFileIsAProblemWithAReason() throws IOException {
		Files.createDirectory(this.module.resolve(BaselineFile.NAME));
		assertThat(known(null).problem()).hasValueSatisfying(
				(problem) -> assertThat(problem).contains(BaselineFile.NAME + ": it is a directory").hasLineCount(1));
	}

	@Test
	void theSummaryIsNeitherForgedNorHiddenByOwnersAndTests() {
		String hostile = "\u001b[2J\u202e\n::error::forged";
		write(new BaselineEntry(violation("render", 1).key(), Status.ACCEPTED, "because", hostile,
				LocalDate.now().minusDays(3), null, Budget.UNLIMITED, List.of(TEST + hostile)));
		KnownViolations known = known(null);
		known.passed(TEST + hostile);
		assertThat(known.summary().orElseThrow()).contains("prunable: ", "expired: ")
			.doesNotContain("\u001b", "\u202e")
			.doesNotContainPattern("(?m)^\\s*::");
	}

	@Test
	void readsEnvironmentVariables() {
		KnownViolations known = known(null,
				Map.of("LOOPGUARD_BASELINE_MODE", "record", "LOOPGUARD_BASELINE_LOCATION", "known.json"));
		known.judge(violation("render", 1), TEST);
		known.write();
		assertThat(this.module.resolve("known.json")).exists();
	}

	private KnownViolations known(@Nullable String mode) {
		return known(mode, Map.of());
	}

	private KnownViolations known(@Nullable String mode, Map<String, String> environment) {
		return new KnownViolations(new Settings(properties(mode), environment));
	}

	private Properties properties(@Nullable String mode) {
		Properties properties = new Properties();
		properties.setProperty("basedir", this.module.toString());
		if (mode != null) {
			properties.setProperty("loopguard.baseline.mode", mode);
		}
		return properties;
	}

	private void write(BaselineEntry... entries) {
		BaselineFile.of(this.module).update((baseline) -> baseline.with(List.of(entries)));
	}

	private List<BaselineEntry> entries() {
		return BaselineFile.of(this.module).read().orElseThrow().entries();
	}

	private static BaselineEntry entry(String method, @Nullable LocalDate until, Budget budget) {
		return new BaselineEntry(violation(method, 1).key(), Status.ACCEPTED, "because", "@team-orders", until, null,
				budget, List.of());
	}

	private static Violation violation(String method, long count) {
		Site site = new Site("com.acme.Invoices", method, "Invoices.java", 42, Map.of("42", count));
		Instant now = Instant.now();
		return new Violation("3fa9c1d2e4b7", "file-read", "java.nio.file.Files.readString", List.of("blockhound"),
				Origin.APPLICATION, Action.LOG, null, null, site, null, null, count, now, now, 0, 0,
				new Held(count, Duration.ofMillis(20), Duration.ofMillis(20), null), new Waited(null),
				List.of("parallel-1"), null, null, "docs", "fix");
	}

}
