package io.github.loopguard.ledger;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.allowance.AllowanceStatus.State;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.baseline.BaselineEntry;
import io.github.loopguard.baseline.BaselineEntry.Budget;
import io.github.loopguard.baseline.BaselineEntry.Status;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Ledger}.
 */
class LedgerTests {

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private Policy policy = Policy.defaults(Catalog.shipped());

	@Test
	void occurrencesOfOneFingerprintAreOneViolationWithItsLines() {
		occur(finding("render", 10), 2);
		occur(finding("render", 20), 5);
		assertThat(this.ledger.violations()).hasSize(1);
		Violation violation = this.ledger.violations().get(0);
		assertThat(violation.count()).isEqualTo(7);
		assertThat(violation.site().lines()).containsExactly(Map.entry("10", 2L), Map.entry("20", 5L));
		assertThat(violation.site().lineNumber()).isEqualTo(20);
	}

	@Test
	void keepsSixteenLinesAndCountsTheOthersTogether() {
		for (int line = 1; line <= 20; line++) {
			occur(finding("render", line), 1);
		}
		Map<String, Long> lines = this.ledger.violations().get(0).site().lines();
		assertThat(lines).hasSize(17).containsEntry("other", 4L);
	}

	@Test
	void ignoresWhatThePolicyTurnsOff() {
		apply(policy(Action.OFF), (finding) -> finding);
		OccurrenceCounter counter = counter(finding("render", 1));
		counter.begun();
		assertThat(counter).isSameAs(OccurrenceCounter.IGNORED);
		assertThat(counter.isOutdated()).isFalse();
		assertThat(this.ledger.violations()).isEmpty();
		assertThat(this.ledger.totals().occurrences()).isZero();
	}

	@Test
	void evictsWhatWasNotSeenForTheLongestTimeAndAccountsForIt() {
		this.ledger.settings(new LedgerSettings(2, 20, Duration.ofSeconds(1)));
		OccurrenceCounter first = occur(finding("first", 1), 3);
		awaitNextMillisecond();
		occur(finding("second", 1), 1);
		occur(finding("third", 1), 1);
		this.ledger.evict();
		assertThat(this.ledger.violations()).extracting((it) -> it.site().methodName())
			.containsExactlyInAnyOrder("second", "third");
		assertThat(first.isOutdated()).isTrue();
		assertThat(this.ledger.totals().evicted()).isEqualTo(1);
		assertThat(this.ledger.totals().dropped()).isEqualTo(3);
		assertSumsAddUp();
	}

	@Test
	void accountsForWhatALoopCountsWhileItsViolationIsEvicted() {
		this.ledger.settings(new LedgerSettings(1, 20, Duration.ofSeconds(1)));
		OccurrenceCounter first = occur(finding("first", 1), 1);
		awaitNextMillisecond();
		occur(finding("second", 1), 1);
		this.ledger.evict();
		first.begun();
		first.heldBack();
		this.ledger.evict();
		assertThat(this.ledger.totals().dropped()).isEqualTo(2);
		assertThat(this.ledger.totals().heldBack()).isEqualTo(1);
		assertSumsAddUp();
	}

	@Test
	void dropsWhatFindsNoPlaceUntilThereIsOne() {
		this.ledger.settings(new LedgerSettings(1, 20, Duration.ofSeconds(1)));
		occur(finding("first", 1), 1);
		occur(finding("second", 1), 1);
		OccurrenceCounter third = occur(finding("third", 1), 4);
		assertThat(this.ledger.violations()).hasSize(2);
		assertThat(third.isOutdated()).isFalse();
		assertThat(third.action()).isEqualTo(Action.LOG);
		assertThat(this.ledger.totals().dropped()).isEqualTo(4);
		assertSumsAddUp();
		this.ledger.evict();
		assertThat(third.isOutdated()).as("there is a place now").isTrue();
		occur(finding("third", 1), 1);
		assertThat(this.ledger.violations()).extracting((it) -> it.site().methodName()).contains("third");
		assertSumsAddUp();
	}

	@Test
	void fullLedgerKeepsToThePolicy() {
		this.ledger.settings(new LedgerSettings(1, 20, Duration.ofSeconds(1)));
		apply(policy(Action.FAIL), (finding) -> finding);
		occur(finding("first", 1), 1);
		occur(finding("second", 1), 1);
		OccurrenceCounter third = occur(finding("third", 1), 1);
		third.heldBack();
		assertThat(third.action()).isEqualTo(Action.FAIL);
		assertThat(this.ledger.totals().heldBack()).isEqualTo(1);
	}

	@Test
	void clearForgetsViolationsAndKeepsWhatMetersCount() {
		occur(finding("first", 1), 2);
		OccurrenceCounter second = occur(finding("second", 1), 3);
		String id = this.ledger.violations().stream().filter((it) -> it.count() == 2).findFirst().orElseThrow().id();
		assertThat(this.ledger.clear(id)).isTrue();
		assertThat(this.ledger.clear(id)).isFalse();
		assertThat(this.ledger.violations()).hasSize(1);
		assertSumsAddUp();
		this.ledger.clear();
		second.begun();
		this.ledger.evict();
		assertThat(this.ledger.violations()).isEmpty();
		assertThat(this.ledger.totals().occurrences()).isZero();
		assertThat(this.ledger.sums().values()).extracting(Total::occurrences).containsExactly(6L);
	}

	@Test
	void changedPolicyLeavesWhatWasCountedUnderTheActionThatWasInForce() {
		OccurrenceCounter counter = occur(finding("render", 1), 2);
		apply(policy(Action.OBSERVE), (finding) -> finding);
		counter.begun();
		occur(finding("render", 1), 4);
		assertThat(this.ledger.violations()).extracting(Violation::action).containsExactly(Action.OBSERVE);
		assertThat(sum(Action.LOG)).isEqualTo(3);
		assertThat(sum(Action.OBSERVE)).isEqualTo(4);
		apply(policy(Action.OFF), (finding) -> finding);
		assertThat(this.ledger.violations()).isEmpty();
		assertThat(sum(Action.LOG)).isEqualTo(3);
		assertSumsAddUp();
	}

	@Test
	void revisedFindingTakesOverWhatWasCounted() {
		Finding early = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.LIBRARY,
				null, frame("render", 7), null, false, CallStack.NONE, "loop-1", null, null);
		OccurrenceCounter counter = occur(early, 2);
		counter.ended(500);
		apply(Policy.defaults(Catalog.shipped()),
				(finding) -> (finding.site() == null) ? finding.withSite(frame("render", 7)) : finding);
		counter.begun();
		counter.ended(900);
		this.ledger.evict();
		Violation violation = this.ledger.violations().get(0);
		assertThat(this.ledger.violations()).hasSize(1);
		assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(violation.count()).isEqualTo(3);
		assertThat(violation.site().lines()).containsExactly(Map.entry("7", 3L));
		assertThat(violation.held().count()).isEqualTo(2);
		assertThat(violation.held().total()).isEqualTo(Duration.ofNanos(1_400));
		assertThat(counter.isOutdated()).isTrue();
		assertSumsAddUp();
	}

	private void assertSumsAddUp() {
		LedgerTotals totals = this.ledger.totals();
		long kept = this.ledger.violations().stream().mapToLong(Violation::count).sum();
		assertThat(kept + totals.dropped()).isEqualTo(totals.occurrences());
	}

	@Test
	void observesWhatTheBaselineToleratesAndNamesItsOwner() {
		Finding known = finding("render", 1);
		BaselineEntry entry = entry(known, LocalDate.now());
		apply(policy(Action.FAIL, entry), (finding) -> finding);
		assertThat(occur(known, 2).action()).isEqualTo(Action.OBSERVE);
		assertThat(occur(finding("other", 1), 1).action()).isEqualTo(Action.FAIL);
		Violation violation = this.ledger.violation(known.key().id()).orElseThrow();
		assertThat(violation.action()).isEqualTo(Action.OBSERVE);
		assertThat(violation.tolerated()).isEqualTo("waiting-upstream: fixed in 2.3");
		assertThat(violation.owner()).isEqualTo("@team-orders");
		assertThat(violation.key()).isEqualTo(known.key());
		AllowanceStatus status = this.ledger.status(entry);
		assertThat(status.count()).isEqualTo(2);
		assertThat(status.state()).isEqualTo(State.LIVE);
		assertThat(status.allowance().id()).isEqualTo(violation.id());
		assertThat(status.allowance().method()).isEqualTo("com.acme.Invoices#render");
		assertThat(status.allowance().source()).isEqualTo("baseline");
	}

	@Test
	void toleratesNoLongerWhatHasExpired() {
		Finding known = finding("render", 1);
		BaselineEntry entry = entry(known, LocalDate.now().minusDays(1));
		apply(policy(Action.LOG, entry), (finding) -> finding);
		assertThat(occur(known, 1).action()).isEqualTo(Action.LOG);
		assertThat(this.ledger.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.tolerated()).isNull();
			assertThat(violation.owner()).isEqualTo("@team-orders");
		});
		assertThat(this.ledger.status(entry).state()).isEqualTo(State.EXPIRED);
	}

	private OccurrenceCounter counter(Finding finding) {
		return this.ledger.counter(finding, this.policy.decide(finding));
	}

	private void apply(Policy policy, UnaryOperator<Finding> revision) {
		this.policy = policy;
		this.ledger.revise(revision, policy::decide);
	}

	private long sum(Action action) {
		return this.ledger.sums()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().action() == action)
			.mapToLong((entry) -> entry.getValue().occurrences())
			.sum();
	}

	private OccurrenceCounter occur(Finding finding, long times) {
		OccurrenceCounter counter = counter(finding);
		for (int i = 0; i < times; i++) {
			counter.begun();
		}
		return counter;
	}

	private static void awaitNextMillisecond() {
		long now = System.currentTimeMillis();
		while (System.currentTimeMillis() == now) {
			Thread.onSpinWait();
		}
	}

	private static Policy policy(Action action) {
		return new Policy(Catalog.shipped(), Map.of("file-read", Map.of(Origin.APPLICATION, action)));
	}

	private static Policy policy(Action action, BaselineEntry entry) {
		return new Policy(Catalog.shipped(), Map.of("file-read", Map.of(Origin.APPLICATION, action)), Allowances.NONE,
				new Baseline(List.of(entry)));
	}

	private static BaselineEntry entry(Finding finding, LocalDate until) {
		return new BaselineEntry(finding.key(), Status.WAITING_UPSTREAM, "fixed in 2.3", "@team-orders", until,
				"https://example.com/issues/7", Budget.UNLIMITED, List.of());
	}

	private static Frame frame(String method, int line) {
		return new Frame("com.acme.Invoices", method, "Invoices.java", line);
	}

	private static Finding finding(String method, int line) {
		Frame site = frame(method, line);
		return new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.APPLICATION, site,
				site, null, false, CallStack.NONE, "loop-1", null, null);
	}

}
