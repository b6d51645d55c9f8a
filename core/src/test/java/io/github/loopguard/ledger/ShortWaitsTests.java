package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for violations of a rule that is logged only from some time held on.
 */
class ShortWaitsTests {

	private static final long SHORT = Duration.ofNanos(999_999).toNanos();

	private static final long LONG = Duration.ofMillis(1).toNanos();

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private Policy policy = Policy.defaults(Catalog.shipped());

	@Test
	void areObservedUntilOneIsLongEnough() {
		OccurrenceCounter counter = counter(finding(Origin.APPLICATION));
		occur(counter, SHORT);
		occur(counter, SHORT);
		assertThat(only().action()).isEqualTo(Action.OBSERVE);
		assertThat(counter.action()).isEqualTo(Action.OBSERVE);
		String id = only().id();
		occur(counter, LONG);
		occur(counter, SHORT);
		assertThat(only().action()).isEqualTo(Action.LOG);
		assertThat(only().id()).isEqualTo(id);
		assertThat(only().count()).isEqualTo(4);
		assertThat(only().held().count()).isEqualTo(4);
	}

	@Test
	void countWhereTheyWereCountedAndNoSumShrinks() {
		OccurrenceCounter counter = counter(finding(Origin.APPLICATION));
		occur(counter, SHORT);
		counter.begun();
		assertThat(sum(Action.OBSERVE)).isEqualTo(1);
		assertThat(sum(Action.LOG)).isZero();
		assertThat(this.ledger.totals().occurrences()).as("with the one that goes on").isEqualTo(2);
		counter.ended(LONG);
		occur(counter, SHORT);
		assertThat(sum(Action.OBSERVE)).isEqualTo(1);
		assertThat(sum(Action.LOG)).isEqualTo(2);
		assertThat(this.ledger.totals().occurrences()).isEqualTo(3);
	}

	@Test
	void areLongEnoughIfTheyNeverReturn() {
		OccurrenceCounter counter = counter(finding(Origin.APPLICATION));
		counter.begun();
		counter.givenUp();
		assertThat(only().action()).isEqualTo(Action.LOG);
		assertThat(sum(Action.LOG)).isEqualTo(1);
		assertThat(this.ledger.totals().occurrences()).isEqualTo(1);
	}

	@Test
	void stayUnderTheActionThatWasInForce() {
		OccurrenceCounter counter = counter(finding(Origin.APPLICATION));
		occur(counter, SHORT);
		occur(counter, LONG);
		counter.begun();
		apply(policy(Action.FAIL), (finding) -> finding);
		assertThat(only().action()).isEqualTo(Action.FAIL);
		assertThat(sum(Action.FAIL)).isZero();
		counter.ended(SHORT);
		occur(counter(finding(Origin.APPLICATION)), SHORT);
		assertThat(sum(Action.OBSERVE)).isEqualTo(1);
		assertThat(sum(Action.LOG)).isEqualTo(2);
		assertThat(sum(Action.FAIL)).isEqualTo(1);
		assertThat(this.ledger.totals().occurrences()).isEqualTo(4);
	}

	@Test
	void stayUnderTheOriginThatWasKnown() {
		Finding found = finding(Origin.LIBRARY);
		OccurrenceCounter counter = counter(found);
		occur(counter, SHORT);
		counter.begun();
		apply(this.policy, (finding) -> (finding.site() != null) ? finding : finding.withSite(frame()));
		counter.ended(LONG);
		this.ledger.evict();
		assertThat(only().origin()).isEqualTo(Origin.APPLICATION);
		assertThat(only().action()).isEqualTo(Action.LOG);
		assertThat(only().count()).isEqualTo(2);
		assertThat(sum(Origin.LIBRARY)).isEqualTo(2);
		assertThat(sum(Origin.APPLICATION)).isZero();
		assertThat(this.ledger.totals().occurrences()).isEqualTo(2);
	}

	@Test
	void areFailuresFromTheFirstIfTheyAreToFail() {
		apply(policy(Action.FAIL), (finding) -> finding);
		occur(counter(finding(Origin.APPLICATION)), SHORT);
		assertThat(only().action()).isEqualTo(Action.FAIL);
		assertThat(this.ledger.entries()).singleElement().matches((entry) -> entry.isRipe(Duration.ofSeconds(1)));
	}

	@Test
	void areAnnouncedOnceOneIsLongEnough() throws InterruptedException {
		BlockingQueue<Violation> heard = new LinkedBlockingQueue<>();
		LedgerThread thread = new LedgerThread(this.ledger);
		thread.addListener(heard::add);
		OccurrenceCounter counter = counter(finding(Origin.APPLICATION));
		occur(counter, SHORT);
		thread.look();
		assertThat(this.ledger.entries()).noneMatch((entry) -> entry.announcement().isComplete());
		occur(counter, LONG);
		thread.look();
		assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull().extracting(Violation::action).isEqualTo(Action.LOG);
		occur(counter, LONG);
		thread.look();
		assertThat(heard).isEmpty();
	}

	@Test
	void areAnnouncedWhileOneGoesOnForLong() {
		this.ledger.settings(new LedgerSettings(10, 20, Duration.ZERO));
		counter(finding(Origin.APPLICATION)).begun();
		assertThat(only().action()).isEqualTo(Action.OBSERVE);
		new LedgerThread(this.ledger).look();
		assertThat(only().action()).isEqualTo(Action.LOG);
	}

	private OccurrenceCounter counter(Finding finding) {
		return this.ledger.counter(finding, this.policy.decide(finding));
	}

	private void apply(Policy policy, UnaryOperator<Finding> revision) {
		this.policy = policy;
		this.ledger.revise(revision, policy::decide);
	}

	private Violation only() {
		List<Violation> violations = this.ledger.violations();
		assertThat(violations).hasSize(1);
		return violations.get(0);
	}

	private long sum(Action action) {
		return sum((key) -> key.action() == action);
	}

	private long sum(Origin origin) {
		return sum((key) -> key.origin() == origin);
	}

	private long sum(Predicate<Total.Key> counted) {
		long sum = 0;
		for (Map.Entry<Total.Key, Total> entry : this.ledger.sums().entrySet()) {
			sum += counted.test(entry.getKey()) ? entry.getValue().occurrences() : 0;
		}
		return sum;
	}

	private static void occur(OccurrenceCounter counter, long nanos) {
		counter.begun();
		counter.ended(nanos);
	}

	private static Policy policy(Action action) {
		return new Policy(Catalog.shipped(), Map.of("thread-park", Map.of(Origin.APPLICATION, action)));
	}

	private static Frame frame() {
		return new Frame("com.acme.Invoices", "render", "Invoices.java", 7);
	}

	private static Finding finding(Origin origin) {
		return new Finding("blockhound", "thread-park", "java.util.concurrent.CountDownLatch.await", null, origin,
				(origin == Origin.APPLICATION) ? frame() : null, frame(), null, false, CallStack.NONE, "loop-1", null,
				null);
	}

}
