package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rounds of random operations. After each, everything must be over, counted and given
 * back.
 */
final class StressRun {

	private static final int THREADS = 4;

	private static final int MAX_UNDER_WAY = 60;

	private static final int MAX_FRAMES = 20;

	private static final Duration ROUND = Duration.ofSeconds(5);

	private static final Duration TOO_LONG = Duration.ofSeconds(90);

	private final Faults faults = new Faults();

	private final AtomicLong operations = new AtomicLong();

	private final Random random;

	StressRun(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Runs rounds until the time is over or one has faults.
	 * @return the faults
	 */
	Faults run(Duration time) throws Exception {
		long end = System.nanoTime() + time.toNanos();
		for (int round = 0; !this.faults.any() && System.nanoTime() - end < 0; round++) {
			Set<Thread> before = laneThreads();
			StressRound now = new StressRound(this.faults, this.random, round % 2 == 1);
			long left = Math.min(ROUND.toNanos(), end - System.nanoTime());
			work(now, left);
			finish(now, before);
		}
		return this.faults;
	}

	long operations() {
		return this.operations.get();
	}

	private void work(StressRound round, long nanos) throws InterruptedException {
		CountDownLatch over = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Random own = new Random(this.random.nextLong());
			threads.add(new Thread(() -> {
				while (over.getCount() > 0) {
					operate(round, own);
				}
			}, "stress-" + i));
		}
		Random own = new Random(this.random.nextLong());
		threads.add(new Thread(() -> {
			try {
				round.disturb(own, over);
			}
			catch (Exception ex) {
				this.faults.add("disturbing", ex.toString());
			}
		}, "stress-disturber"));
		threads.forEach(Thread::start);
		over.await(nanos, TimeUnit.NANOSECONDS);
		over.countDown();
		for (Thread thread : threads) {
			thread.join(TOO_LONG.toMillis());
			if (thread.isAlive()) {
				this.faults.add(thread.getName(), "does not end: " + List.of(thread.getStackTrace()));
			}
		}
	}

	private void operate(StressRound round, Random random) {
		if (round.underWay() > MAX_UNDER_WAY) {
			LockSupport.parkNanos(50_000);
			return;
		}
		this.operations.incrementAndGet();
		try {
			OperationKind.random(random).start(round, round.lane(random), random);
		}
		catch (Throwable ex) {
			this.faults.add("subscribing", "threw " + ex);
		}
	}

	private void finish(StressRound round, Set<Thread> before) {
		check(round, "at the end of the round", round::assertIdle);
		if (!this.faults.any()) {
			round.named().forEach((lane) -> check(round, "when full", () -> new PermitCheck(lane).run()));
			check(round, "after it was full", round::assertIdle);
		}
		round.close();
		check(round, "after the bridge was closed", () -> {
			round.assertIdle();
			assertThat(laneThreads()).as("threads of lanes").isSubsetOf(before);
		});
	}

	private void check(StressRound round, String when, ThrowingRunnable assertion) {
		try {
			Awaitility.await().atMost(TOO_LONG).untilAsserted(assertion);
		}
		catch (ConditionTimeoutException ex) {
			this.faults.add(round, when + ": " + ex.getCause().getMessage() + stacks());
		}
	}

	private static String stacks() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().matches("(lane-|boundedElastic).*"))
			.filter((thread) -> List.of(thread.getStackTrace()).toString().contains("io.github.loopguard"))
			.map((thread) -> "\n" + thread.getName()
					+ Stream.of(thread.getStackTrace())
						.limit(MAX_FRAMES)
						.map((frame) -> "\n    " + frame)
						.collect(Collectors.joining()))
			.collect(Collectors.joining());
	}

	private static Set<Thread> laneThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("lane-"))
			.collect(Collectors.toSet());
	}

}
