package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Recording}.
 */
class RecordingTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final Recording recording = new Recording(this.ledger);

	@Test
	void countsApartFromAllElse() {
		OccurrenceCounter tally = tally("file-read", "render", 10);
		occur(tally, new Recording(this.ledger), 80);
		occur(tally, this.recording, 20);
		occur(tally("file-read", "render", 12), this.recording, 30);
		assertThat(this.recording.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.id()).isEqualTo(this.ledger.violations().get(0).id());
			assertThat(violation.count()).isEqualTo(2);
			assertThat(violation.held().max()).isEqualTo(Duration.ofMillis(30));
			assertThat(violation.site().lines()).containsExactly(Map.entry("10", 1L), Map.entry("12", 1L));
			assertThat(violation.route()).isEqualTo("GET /invoices");
			assertThat(violation.threads()).containsExactly(Thread.currentThread().getName());
		});
		assertThat(this.ledger.violations()).singleElement().extracting(Violation::count).isEqualTo(3L);
	}

	@Test
	void holdsWhatBlocksRightNow() {
		RecordedViolation recorded = record(tally("sleep", "nap", 1), this.recording);
		assertThat(this.recording.isGoingOn()).isTrue();
		assertThat(this.recording.violations()).hasSize(1);
		recorded.returned(1);
		assertThat(this.recording.isGoingOn()).isFalse();
		assertThat(this.recording.violations()).hasSize(1);
	}

	@Test
	void leavesOutWhatThePolicyOnlyObserves() {
		occur(tally("class-loading", "load", 1), this.recording, 80);
		assertThat(this.ledger.violations()).hasSize(1);
		assertThat(this.recording.violations()).isEmpty();
	}

	@Test
	void keepsWhatTheApplicationTolerates() {
		OccurrenceCounter tally = tally("file-read", "render", 10);
		ViolationKey key = this.ledger.violations().get(0).key();
		this.ledger.reclassify(new Policy(Catalog.shipped(), Map.of(), Allowances.NONE,
				new Baseline(List.of(BaselineEntry.recorded(key, List.of())))), (finding) -> finding);
		occur(tally, this.recording, 80);
		assertThat(tally.action()).isEqualTo(Action.OBSERVE);
		assertThat(this.recording.violations()).hasSize(1);
	}

	@Test
	void leavesOutWaitsTooShortToMention() {
		OccurrenceCounter tally = tally("thread-park", "lock", 1);
		record(tally, this.recording).returned(Duration.ofNanos(999_999).toNanos());
		assertThat(this.recording.violations()).isEmpty();
		record(tally, this.recording).returned(Duration.ofMillis(1).toNanos());
		assertThat(this.recording.violations()).singleElement()
			.extracting(Violation::action)
			.as("the ledger does not know yet that the call took so long")
			.isEqualTo(Action.LOG);
	}

	@Test
	void keepsShortWaitsThatAreToFail() {
		Policy policy = new Policy(Catalog.shipped(), Map.of("thread-park", Map.of(Origin.APPLICATION, Action.FAIL)));
		this.ledger.reclassify(policy, (finding) -> finding);
		record(tally("thread-park", "lock", 1), this.recording).returned(1);
		assertThat(this.recording.violations()).singleElement().extracting(Violation::action).isEqualTo(Action.FAIL);
	}

	@Test
	void survivesThatTheLedgerForgets() {
		occur(tally("file-read", "render", 10), this.recording, 80);
		this.ledger.clear();
		assertThat(this.recording.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.site().methodName()).isEqualTo("render");
			assertThat(this.recording.stack(violation.id())).isNotEmpty();
		});
		assertThat(this.recording.stack("unknown")).isEmpty();
	}

	@Test
	void followsWhatTheLedgerNamesAnew() {
		Frame offender = frame("render", 7);
		Finding found = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.LIBRARY,
				null, offender, null, List.of(), 0, "loop-1", null, null);
		occur(this.ledger.tally(found), this.recording, 80);
		this.ledger.reclassify(Policy.defaults(Catalog.shipped()),
				(finding) -> (finding.site() != null) ? finding : finding.withSite(offender));
		assertThat(this.recording.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
			assertThat(violation.site().lineNumber()).isEqualTo(7);
			assertThat(violation.site().lines()).containsExactly(Map.entry("7", 1L));
		});
	}

	@Test
	void countsWhatFindsNoPlace() {
		this.ledger.settings(new LedgerSettings(1, 20, Duration.ofSeconds(1)));
		for (int i = 0; i < 3; i++) {
			this.ledger.tally(finding("file-read", "method" + i, 1)).record(this.recording, null);
		}
		assertThat(this.recording.unnamed()).isEqualTo(1);
	}

	@Test
	void ignoresWhatIsTurnedOff() {
		Policy policy = new Policy(Catalog.shipped(), Map.of("file-read", Map.of(Origin.APPLICATION, Action.OFF)));
		this.ledger.reclassify(policy, (finding) -> finding);
		assertThat(tally("file-read", "render", 1).record(this.recording, null)).isNull();
		assertThat(this.recording.violations()).isEmpty();
		assertThat(this.recording.unnamed()).isZero();
	}

	private static void occur(OccurrenceCounter tally, Recording recording, long millis) {
		tally.occurred(1);
		tally.held(1, Duration.ofMillis(millis).toNanos());
		record(tally, recording).returned(Duration.ofMillis(millis).toNanos());
	}

	private static RecordedViolation record(OccurrenceCounter tally, Recording recording) {
		RecordedViolation recorded = tally.record(recording, "GET /invoices");
		assertThat(recorded).isNotNull();
		return recorded;
	}

	private OccurrenceCounter tally(String rule, String method, int line) {
		return this.ledger.tally(finding(rule, method, line));
	}

	private static Finding finding(String rule, String method, int line) {
		Frame site = frame(method, line);
		return new Finding("blockhound", rule, "java.nio.file.Files.readString", null, Origin.APPLICATION, site, site,
				null, List.of(), 0, "loop-1", null, null);
	}

	private static Frame frame(String method, int line) {
		return new Frame("com.acme.InvoiceController", method, "InvoiceController.java", line);
	}

}
