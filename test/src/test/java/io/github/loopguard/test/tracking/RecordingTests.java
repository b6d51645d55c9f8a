package io.github.loopguard.test.tracking;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Recording}.
 */
class RecordingTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private Policy policy = Policy.defaults(Catalog.shipped());

	private final Recording recording = new Recording(this.ledger, () -> this.policy);

	@Test
	void countsApartFromAllElse() {
		OccurrenceCounter counter = counter("file-read", "render", 10);
		occur(counter, new Recording(this.ledger, () -> this.policy), 80);
		occur(counter, this.recording, 20);
		occur(counter("file-read", "render", 12), this.recording, 30);
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
		RecordedViolation recorded = record(counter("sleep", "nap", 1), this.recording);
		assertThat(this.recording.isGoingOn()).isTrue();
		assertThat(this.recording.violations()).hasSize(1);
		recorded.ended(1);
		assertThat(this.recording.isGoingOn()).isFalse();
		assertThat(this.recording.violations()).hasSize(1);
	}

	@Test
	void leavesOutWhatThePolicyOnlyObserves() {
		occur(counter("class-loading", "load", 1), this.recording, 80);
		assertThat(this.ledger.violations()).hasSize(1);
		assertThat(this.recording.violations()).isEmpty();
	}

	@Test
	void keepsWhatTheApplicationTolerates() {
		OccurrenceCounter counter = counter("file-read", "render", 10);
		ViolationKey key = this.ledger.violations().get(0).key();
		apply(new Policy(Catalog.shipped(), Map.of(), Allowances.NONE,
				new Baseline(List.of(BaselineEntry.recorded(key, List.of())))), (finding) -> finding);
		occur(counter, this.recording, 80);
		assertThat(counter.action()).isEqualTo(Action.OBSERVE);
		assertThat(this.recording.violations()).hasSize(1);
	}

	@Test
	void leavesOutWaitsTooShortToMention() {
		OccurrenceCounter counter = counter("thread-park", "lock", 1);
		record(counter, this.recording).ended(Duration.ofNanos(999_999).toNanos());
		assertThat(this.recording.violations()).isEmpty();
		record(counter, this.recording).ended(Duration.ofMillis(1).toNanos());
		assertThat(this.recording.violations()).singleElement()
			.extracting(Violation::action)
			.as("the ledger does not know yet that the call took so long")
			.isEqualTo(Action.LOG);
	}

	@Test
	void keepsShortWaitsThatAreToFail() {
		Policy policy = new Policy(Catalog.shipped(), Map.of("thread-park", Map.of(Origin.APPLICATION, Action.FAIL)));
		apply(policy, (finding) -> finding);
		record(counter("thread-park", "lock", 1), this.recording).ended(1);
		assertThat(this.recording.violations()).singleElement().extracting(Violation::action).isEqualTo(Action.FAIL);
	}

	@Test
	void survivesThatTheLedgerForgets() {
		occur(counter("file-read", "render", 10), this.recording, 80);
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
				null, offender, null, false, CallStack.NONE, "loop-1", null, null);
		occur(counter(found), this.recording, 80);
		apply(Policy.defaults(Catalog.shipped()),
				(finding) -> (finding.site() != null) ? finding : finding.withSite(offender));
		assertThat(this.recording.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
			assertThat(violation.site().lineNumber()).isEqualTo(7);
			assertThat(violation.site().lines()).containsExactly(Map.entry("7", 1L));
		});
	}

	@Test
	void reportsAgainWhatAContextTurnedOffMeanwhile() {
		occur(counter("file-read", "render", 10), this.recording, 80);
		apply(policy(Action.OFF), (finding) -> finding);
		assertThat(this.recording.violations()).isEmpty();
		apply(policy(Action.LOG), (finding) -> finding);
		assertThat(this.recording.violations()).hasSize(1);
	}

	@Test
	void doesNotReportWhatWasClearedAndIsOffNow() {
		occur(counter("file-read", "render", 10), this.recording, 80);
		this.ledger.clear();
		apply(policy(Action.OFF), (finding) -> finding);
		assertThat(this.recording.violations()).isEmpty();
	}

	@Test
	void countsWhatFindsNoPlace() {
		this.ledger.settings(new LedgerSettings(1, 20, Duration.ofSeconds(1)));
		for (int i = 0; i < 3; i++) {
			this.recording.begun(counter(finding("file-read", "method" + i, 1)), null);
		}
		assertThat(this.recording.unnamed()).isEqualTo(1);
	}

	@Test
	void ignoresWhatIsTurnedOff() {
		Policy policy = new Policy(Catalog.shipped(), Map.of("file-read", Map.of(Origin.APPLICATION, Action.OFF)));
		apply(policy, (finding) -> finding);
		assertThat(this.recording.begun(counter("file-read", "render", 1), null)).isNull();
		assertThat(this.recording.violations()).isEmpty();
		assertThat(this.recording.unnamed()).isZero();
	}

	private static void occur(OccurrenceCounter counter, Recording recording, long millis) {
		counter.begun();
		counter.ended(Duration.ofMillis(millis).toNanos());
		record(counter, recording).ended(Duration.ofMillis(millis).toNanos());
	}

	private static RecordedViolation record(OccurrenceCounter counter, Recording recording) {
		RecordedViolation recorded = recording.begun(counter, "GET /invoices");
		assertThat(recorded).isNotNull();
		return recorded;
	}

	private OccurrenceCounter counter(Finding finding) {
		return this.ledger.counter(finding, this.policy.decide(finding));
	}

	private void apply(Policy policy, UnaryOperator<Finding> revision) {
		this.policy = policy;
		this.ledger.revise(revision, policy::decide);
	}

	private OccurrenceCounter counter(String rule, String method, int line) {
		return counter(finding(rule, method, line));
	}

	private static Policy policy(Action action) {
		return new Policy(Catalog.shipped(), Map.of("file-read", Map.of(Origin.APPLICATION, action)));
	}

	private static Finding finding(String rule, String method, int line) {
		Frame site = frame(method, line);
		return new Finding("blockhound", rule, "java.nio.file.Files.readString", null, Origin.APPLICATION, site, site,
				null, false, CallStack.NONE, "loop-1", null, null);
	}

	private static Frame frame(String method, int line) {
		return new Frame("com.acme.InvoiceController", method, "InvoiceController.java", line);
	}

}
