package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners that throw or hang, behind a running {@link LedgerThread}.
 */
class ListenerDispatcherTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final LedgerThread thread = new LedgerThread(this.ledger);

	private final Queue<String> heard = new ConcurrentLinkedQueue<>();

	@Test
	void listenerHearsOfEachViolationOnceOnAThreadOfItsOwn() {
		Queue<String> threads = new ConcurrentLinkedQueue<>();
		this.thread.addListener((violation) -> threads.add(Thread.currentThread().getName()));
		this.thread.addListener(this::hear);
		occur("first");
		occur("first");
		occur("second");
		this.thread.look();
		this.thread.look();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.heard).containsExactlyInAnyOrder("first", "second"));
		assertThat(threads).containsOnly("loopguard-listeners");
	}

	@Test
	void listenerThatThrowsKeepsNothingFromOthers() {
		this.thread.addListener((violation) -> {
			throw new AssertionError("listener");
		});
		this.thread.addListener(this::hear);
		occur("first");
		this.thread.look();
		occur("second");
		this.thread.look();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.heard).containsExactly("first", "second"));
	}

	@Test
	void listenerThatHangsKeepsNothingFromTheLedgerAndOthersHearLater() {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch hanging = new CountDownLatch(1);
		this.thread.addListener((violation) -> {
			hanging.countDown();
			await().atMost(Duration.ofSeconds(60)).until(() -> release.getCount() == 0);
		});
		this.thread.addListener(this::hear);
		occur("first");
		this.thread.look();
		await().atMost(SOON).until(() -> hanging.getCount() == 0);
		for (int i = 0; i < 100; i++) {
			occur("later" + i);
		}
		this.thread.look();
		assertThat(this.ledger.totals().violations()).isEqualTo(101);
		assertThat(this.ledger.totals().occurrences()).isEqualTo(101);
		assertThat(this.thread.droppedNotifications()).isZero();
		assertThat(this.heard).isEmpty();
		release.countDown();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.heard).hasSize(101));
	}

	@Test
	void whatWaitsForAListenerThatHangsIsBounded() {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch hanging = new CountDownLatch(1);
		this.ledger.settings(new LedgerSettings(5_000, 0, Duration.ofSeconds(1)));
		this.thread.addListener((violation) -> {
			hanging.countDown();
			await().atMost(Duration.ofSeconds(60)).until(() -> release.getCount() == 0);
		});
		occur("first");
		this.thread.look();
		await().atMost(SOON).until(() -> hanging.getCount() == 0);
		for (int i = 0; i < 2_000; i++) {
			occur("later" + i);
		}
		this.thread.look();
		assertThat(this.thread.droppedNotifications()).isEqualTo(2_000 - 1_024);
		assertThat(this.ledger.violations()).hasSize(2_001);
		release.countDown();
	}

	private void hear(Violation violation) {
		this.heard.add(violation.site().methodName());
	}

	private void occur(String method) {
		Frame site = new Frame("com.acme.Invoices", method, "Invoices.java", 1);
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
				Origin.APPLICATION, site, site, null, false, CallStack.NONE, "loop-1", null, null);
		OccurrenceCounter counter = this.ledger.counter(finding, Policy.defaults(Catalog.shipped()).decide(finding));
		counter.begun();
		counter.ended(1);
	}

}
