package io.github.loopguard.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.report.baseline.BaselineFile;
import io.github.loopguard.report.baseline.BaselineText;
import io.github.loopguard.report.baseline.TestRun;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A baseline that an earlier version wrote still knows the same violations.
 */
class RecordedBaselineTests {

	/**
	 * Identifiers that the same version gave to the violations of the baseline.
	 */
	private static final Map<String, String> IDS = Map.of("com.acme.Pages$Page#show", "35fd4578dbba", "com.acme.Late",
			"9c54f1942a4f", "UNKNOWN", "c0e78ab0d8b4", "com.acme.InvoiceController#render", "496915bfa62b",
			"com.pdf.Fonts#load", "f74243515cb8", "com.acme.Orders$#apply", "bcadba494123",
			"com.acme.Orders$Cache#<init>", "881a86af8a55");

	@Test
	void itIsWrittenAgainAsItWas() throws IOException {
		String recorded = recorded();
		Baseline baseline = BaselineText.read("recorded-baseline.json", recorded);
		assertThat(baseline.entries()).hasSize(8);
		assertThat(BaselineText.write(baseline)).isEqualTo(recorded);
	}

	@Test
	void itsEntriesMatchTheSameViolations() throws IOException {
		Baseline baseline = BaselineText.read("recorded-baseline.json", recorded());
		for (Violation violation : violations()) {
			ViolationKey key = violation.key();
			assertThat(baseline.find(key)).as(key.toString()).isNotNull();
			assertThat(key.id()).as(key.toString()).isEqualTo(IDS.get(key.at()));
		}
		assertThat(baseline.entries().stream().map((entry) -> entry.key().at()))
			.containsAll(violations().stream().map((violation) -> violation.key().at()).toList());
	}

	@Test
	void recordingTheSameViolationsAgainChangesNothing(@TempDir Path directory) throws IOException {
		Path path = Files.writeString(directory.resolve("baseline.json"), recorded());
		Map<ViolationKey, Set<String>> blocked = new TreeMap<>();
		violations().forEach((violation) -> blocked.put(violation.key(), Set.of()));
		TestRun run = new TestRun(new TreeSet<>(), blocked);
		assertThat(new BaselineFile(path).update(run::record)).isFalse();
		assertThat(run.states(BaselineText.read("recorded-baseline.json", recorded())).entrySet()).hasSize(8)
			.filteredOn((entry) -> entry.getValue() != TestRun.State.MATCHED)
			.extracting((entry) -> entry.getKey().status())
			.containsExactly(BaselineEntry.Status.WAITING_UPSTREAM);
	}

	private static List<Violation> violations() {
		List<Violation> violations = new ArrayList<>(Violations.everyForm());
		violations.add(Violations.at("", "com.acme.Orders$1", "apply", 1, 1));
		violations.add(Violations.at("", "com.acme.Orders$Cache", "<init>", 1, 1));
		return violations;
	}

	private static String recorded() throws IOException {
		try (InputStream resource = RecordedBaselineTests.class.getResourceAsStream("recorded-baseline.json")) {
			assertThat(resource).isNotNull();
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
