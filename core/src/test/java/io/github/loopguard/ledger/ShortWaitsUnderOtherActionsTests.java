package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
 * Short waits are told apart from long ones whatever the action.
 */
class ShortWaitsUnderOtherActionsTests {

	private static final long SHORT = Duration.ofNanos(999_999).toNanos();

	private static final long LONG = Duration.ofMillis(50).toNanos();

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final LedgerThread thread = new LedgerThread(this.ledger);

	private final BlockingQueue<Violation> told = new LinkedBlockingQueue<>();

	private Policy policy = Policy.defaults(Catalog.shipped());

	@Test
	void shortCallOfTheFrameworkIsNotAnnounced() throws InterruptedException {
		this.thread.addListener(this.told::add);
		occur(finding(Origin.FRAMEWORK), SHORT);
		this.thread.look();
		assertThat(this.told.poll(500, TimeUnit.MILLISECONDS)).isNull();
	}

	@Test
	void shortCallsStayObservedWhenThePolicyBecomesLog() {
		apply(policy(Action.OBSERVE), (finding) -> finding);
		occur(finding(Origin.APPLICATION), SHORT);
		this.thread.look();
		apply(Policy.defaults(Catalog.shipped()), (finding) -> finding);
		occur(finding(Origin.APPLICATION), SHORT);
		assertThat(only().action()).isEqualTo(Action.OBSERVE);
	}

	@Test
	void longCallIsAnnouncedWhenPackagesBecomeKnownAfterShortOnes() throws InterruptedException {
		this.thread.addListener(this.told::add);
		occur(finding(Origin.FRAMEWORK), SHORT);
		this.thread.look();
		this.told.poll(500, TimeUnit.MILLISECONDS);
		apply(this.policy, (finding) -> (finding.site() != null) ? finding : finding.withSite(frame()));
		occur(finding(Origin.APPLICATION), LONG);
		this.thread.look();
		Violation announced = this.told.poll(2, TimeUnit.SECONDS);
		assertThat(announced).isNotNull();
		assertThat(announced.action()).isEqualTo(Action.LOG);
	}

	@Test
	void longCallSeenWhileObservedCountsWhenThePolicyBecomesLog() {
		apply(policy(Action.OBSERVE), (finding) -> finding);
		occur(finding(Origin.APPLICATION), LONG);
		apply(Policy.defaults(Catalog.shipped()), (finding) -> finding);
		assertThat(only().action()).isEqualTo(Action.LOG);
	}

	private void occur(Finding finding, long nanos) {
		OccurrenceCounter counter = this.ledger.counter(finding, this.policy.decide(finding));
		counter.begun();
		counter.ended(nanos);
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

	private static Policy policy(Action action) {
		return new Policy(Catalog.shipped(), Map.of("thread-park", Map.of(Origin.APPLICATION, action)));
	}

	private static Frame frame() {
		return new Frame("com.acme.Invoices", "render", "Invoices.java", 7);
	}

	private static Finding finding(Origin origin) {
		Frame library = new Frame("reactor.core.Thing", "block", "Thing.java", 9);
		return new Finding("blockhound", "thread-park", "java.util.concurrent.CountDownLatch.await", null, origin,
				(origin == Origin.APPLICATION) ? frame() : null, (origin == Origin.APPLICATION) ? frame() : library,
				null, false, CallStack.NONE, "loop-1", null, null);
	}

}
