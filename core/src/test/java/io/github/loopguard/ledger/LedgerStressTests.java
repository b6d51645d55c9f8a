package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
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
 * Occurrences race with eviction, clearing and changes of the policy: counters add up and
 * never go down.
 */
class LedgerStressTests {

	private static final int WAYS = 60;

	private static final long MILLIS = 1_500;

	/** Six looks must be longer than a loop is off its processor. */
	private static final long LOOK = 100;

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	private final LedgerThread thread = new LedgerThread(this.ledger);

	private final LongAdder made = new LongAdder();

	private final LongAdder heldBack = new LongAdder();

	private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();

	private final Map<String, Long> highest = new HashMap<>();

	private volatile Version version = new Version(policy(Action.LOG), (finding) -> finding, 0);

	private volatile boolean running = true;

	private boolean sums;

	@Test
	void heldBackNeverGoesDown() throws Exception {
		this.sums = true;
		countersAddUpAndNeverGoDown();
	}

	@Test
	void countersAddUpAndNeverGoDown() throws Exception {
		this.ledger.settings(new LedgerSettings(20, 20, Duration.ofMillis(1)));
		List<Thread> loops = new ArrayList<>();
		List<Thread> others = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			loops.add(start(this::loop));
		}
		others.add(start(() -> {
			this.thread.look();
			Thread.sleep(LOOK);
		}));
		others.add(start(() -> {
			if (ThreadLocalRandom.current().nextInt(4) == 0) {
				this.ledger.clear();
			}
			else {
				this.ledger.violations().stream().findAny().ifPresent((it) -> this.ledger.clear(it.id()));
			}
			Thread.sleep(5);
		}));
		others.add(start(this::configure));
		others.add(start(this::compare));
		Thread.sleep(MILLIS);
		this.running = false;
		for (Thread each : loops) {
			each.join(10_000);
		}
		for (Thread each : others) {
			each.join(10_000);
		}
		for (int i = 0; i < 10; i++) {
			this.ledger.evict();
		}
		long sums = this.ledger.sums().values().stream().mapToLong(Total::occurrences).sum();
		long held = this.ledger.sums().values().stream().mapToLong(Total::heldCount).sum();
		long kept = this.ledger.violations().stream().mapToLong(Violation::count).sum();
		LedgerTotals totals = this.ledger.totals();
		assertThat(this.problems).isEmpty();
		assertThat(sums).isEqualTo(this.made.sum());
		assertThat(held).isEqualTo(this.made.sum());
		assertThat(kept + totals.dropped()).isEqualTo(totals.occurrences());
		assertThat(totals.heldBack()).isEqualTo(this.heldBack.sum());
	}

	private void loop() {
		OccurrenceCounter[] counters = new OccurrenceCounter[WAYS * 2];
		Version known = this.version;
		while (this.running) {
			int way = ThreadLocalRandom.current().nextInt(WAYS);
			Version current = this.version;
			if (current != known) {
				known = current;
				counters = new OccurrenceCounter[WAYS * 2];
			}
			OccurrenceCounter counter = counters[way];
			if (counter == null || counter.isOutdated()) {
				Finding finding = current.revision().apply(finding(way, current.number()));
				counter = this.ledger.counter(finding, current.policy().decide(finding));
				counters[way] = counter;
			}
			if (counter == OccurrenceCounter.IGNORED) {
				continue;
			}
			counter.begun();
			this.made.increment();
			if (way % 7 == 0) {
				counter.heldBack();
				this.heldBack.increment();
			}
			counter.ended((way % 3 == 0) ? 1_000 : 2_000_000);
		}
	}

	private void configure() throws InterruptedException {
		int number = this.version.number() + 1;
		Action action = Action.values()[1 + ThreadLocalRandom.current().nextInt(2)];
		UnaryOperator<Finding> revision = (finding) -> {
			if (finding.site() != null || finding.offender() == null) {
				return finding;
			}
			String name = finding.offender().className();
			int way = Integer.parseInt(name.substring(name.lastIndexOf('W') + 1));
			return (way % 20 < number % 20) ? finding.withSite(new Frame("com.acme.S" + way / 4, "m", "S.java", way))
					: finding;
		};
		Version next = new Version(policy(action), revision, number);
		this.ledger.revise(revision, next.policy()::decide);
		this.version = next;
		this.ledger.revise(revision, next.policy()::decide);
		Thread.sleep(3);
	}

	private void compare() {
		Map<String, Long> now = new HashMap<>();
		this.ledger.sums().forEach((key, total) -> {
			now.put(key + " occurrences", total.occurrences());
			now.put(key + " held count", total.heldCount());
			now.put(key + " held nanos", total.heldNanos());
		});
		now.put("dropped", this.ledger.totals().dropped());
		now.put("evicted", this.ledger.totals().evicted());
		if (this.sums) {
			now.put("held back", this.ledger.totals().heldBack());
		}
		this.highest.forEach((name, value) -> {
			if (now.getOrDefault(name, 0L) < value) {
				this.problems.add(new AssertionError(name + " went from " + value + " to " + now.get(name)));
			}
		});
		this.highest.putAll(now);
	}

	private Thread start(Task task) {
		Thread created = new Thread(() -> {
			try {
				do {
					task.run();
				}
				while (this.running);
			}
			catch (Throwable ex) {
				this.problems.add(ex);
			}
		});
		created.start();
		return created;
	}

	private Policy policy(Action action) {
		return new Policy(this.catalog, Map.of("file-read", Map.of(Origin.APPLICATION, action), "thread-park",
				Map.of(Origin.APPLICATION, action)));
	}

	private static Finding finding(int way, int number) {
		Frame library = new Frame("org.lib.W" + way, "m", "W.java", 1);
		StackTraceElement element = new StackTraceElement("org.lib.W" + way, "m", "W.java", 1);
		return new Finding("blockhound", (way % 2 == 0) ? "file-read" : "thread-park", "api", null, Origin.LIBRARY,
				null, library, null, false, new CallStack(List.of(element), 1, List.of()), "loop", null, null);
	}

	private interface Task {

		void run() throws InterruptedException;

	}

	private record Version(Policy policy, UnaryOperator<Finding> revision, int number) {
	}

}
