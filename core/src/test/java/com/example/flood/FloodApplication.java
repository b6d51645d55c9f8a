package com.example.flood;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

/**
 * A million occurrences of ten thousand fingerprints on four threads, with stacks as deep
 * as real ones; prints what the ledger says about them.
 */
final class FloodApplication {

	static final int THREADS = 4;

	static final int OCCURRENCES = 1_000_000;

	static final int FINGERPRINTS = 10_000;

	private static final int DEPTH = 80;

	private static final Policy POLICY = Policy.defaults(Catalog.shipped());

	private FloodApplication() {
	}

	public static void main(String[] arguments) throws InterruptedException {
		Ledger ledger = new Ledger(Catalog.shipped());
		LedgerThread thread = new LedgerThread(ledger);
		thread.start();
		AtomicBoolean exceeded = new AtomicBoolean();
		thread.addTask(() -> {
			// Each loop may find the last place free at the same time.
			if (ledger.totals().violations() >= 2_000 + THREADS) {
				exceeded.set(true);
			}
		});
		CountDownLatch done = new CountDownLatch(THREADS);
		for (int i = 0; i < THREADS; i++) {
			int number = i;
			Thread loop = new Thread(() -> {
				flood(ledger, number);
				done.countDown();
			}, "loop-" + i);
			loop.start();
		}
		done.await();
		awaitLooks(thread, 10);
		long kept = ledger.violations().stream().mapToLong(Violation::count).sum();
		System.out.println("violations=" + ledger.totals().violations());
		System.out.println("occurrences=" + ledger.totals().occurrences());
		System.out.println("kept+dropped=" + (kept + ledger.totals().dropped()));
		System.out.println("evicted=" + ledger.totals().evicted());
		System.out.println("exceeded=" + exceeded);
		System.exit(0);
	}

	/**
	 * Keeps counters as event loops do, until they are retired.
	 */
	private static void flood(Ledger ledger, int number) {
		OccurrenceCounter[] counters = new OccurrenceCounter[FINGERPRINTS];
		for (int i = 0; i < OCCURRENCES / THREADS; i++) {
			int which = (i * 7 + number * 2_500) % FINGERPRINTS;
			OccurrenceCounter counter = counters[which];
			if (counter == null || counter.isOutdated()) {
				counter = counter(ledger, finding(which));
				counters[which] = counter;
			}
			counter.begun();
			counter.ended(Duration.ofMillis(2).toNanos());
		}
	}

	private static OccurrenceCounter counter(Ledger ledger, Finding finding) {
		return ledger.counter(finding, POLICY.decide(finding));
	}

	private static Finding finding(int which) {
		Frame site = new Frame("com.acme.Type" + which, "render", "Type" + which + ".java", which);
		List<StackTraceElement> stack = new ArrayList<>(DEPTH);
		for (int i = 0; i < DEPTH; i++) {
			stack.add(new StackTraceElement("com.acme.Type" + which, "method" + i, "Type.java", i));
		}
		return new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null, Origin.APPLICATION, site,
				site, null, false, new CallStack(stack, DEPTH, List.of()), Thread.currentThread().getName(), null,
				null);
	}

	private static void awaitLooks(LedgerThread thread, int count) throws InterruptedException {
		CountDownLatch looks = new CountDownLatch(count);
		thread.addTask(looks::countDown);
		looks.await();
	}

}
