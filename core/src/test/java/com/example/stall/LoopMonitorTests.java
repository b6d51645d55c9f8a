package com.example.stall;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.detect.loop.LoopStall;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.detect.loop.LoopState.Cause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds an event loop is found without any hook, and its duration is right.
 */
class LoopMonitorTests {

	private static final Duration TOLERANCE = Duration.ofMillis(20);

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("stalled", true), NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	private final String thread = name(this.loop);

	@BeforeAll
	static void load() {
		Work.sleepInNativeCode(1);
	}

	@AfterEach
	void shutDown() {
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void siteIsWhatTookMostOfTheTurn() {
		Violation found = exact("hot", this.loop, () -> {
			Work.hot(400);
			Work.cool(50);
			return null;
		});
		assertThat(found.rule()).isEqualTo("loop-stall");
		assertThat(found.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(found.detectors()).containsExactly("loop-monitor");
		assertThat(found.fix()).contains("the event loop computed");
	}

	@Test
	void contendedMonitorIsNamedWithTheThreadThatHoldsIt() throws InterruptedException {
		Violation found = exact("enter", this.loop, () -> {
			CountDownLatch release = Work.hold("holder-of-the-monitor");
			CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS).execute(release::countDown);
			Work.enter();
			return null;
		});
		assertThat(found.rule()).isEqualTo("monitor-enter");
		assertThat(found.api()).isEqualTo("synchronized (java.lang.Object)");
		assertThat(found.fix()).contains("held by thread holder-of-the-monitor");
	}

	@Test
	void expressionThatBacktracksIsFoundAtTheMethodThatMatches() {
		Violation found = exact("match", this.loop, () -> {
			Work.match(27);
			return null;
		});
		assertThat(found.rule()).isEqualTo("loop-stall");
	}

	@Test
	void waitingInNativeCodeIsFound() {
		Violation found = exact("sleepInNativeCode", this.loop, () -> {
			Work.sleepInNativeCode(300);
			return null;
		});
		assertThat(found.rule()).isEqualTo("loop-stall");
		assertThat(found.api()).isEqualTo("com.example.stall.Work.C.usleep");
		assertThat(found.fix()).contains("waited in native code");
	}

	@Test
	void parkingHasTheRuleThatItsHookWouldGiveIt() {
		Violation found = exact("park", this.loop, () -> {
			Work.park(300);
			return null;
		});
		assertThat(found.rule()).isEqualTo("sleep");
		assertThat(found.api()).isEqualTo("java.util.concurrent.locks.LockSupport.parkNanos");
	}

	@Test
	void selectingInATaskIsNotIdle() {
		Violation found = exact("select", this.loop, () -> {
			Work.select(300);
			return null;
		});
		assertThat(found.rule()).isEqualTo("loop-stall");
		assertThat(found.api()).isEqualTo("java.nio.channels.Selector.select");
	}

	@Test
	void whatBlocksWhileTheLoopReadsIsFound() {
		Reading reading = Reading.on(this.group.next());
		Violation found = exact("park", reading, () -> {
			Work.park(300);
			return null;
		});
		assertThat(found.threads()).containsExactly(this.thread);
	}

	@Test
	void workerOfReactorIsWatched() {
		Scheduler scheduler = Schedulers.newParallel("computing", 1, true);
		try {
			Violation found = exact("hot", scheduler::schedule, () -> {
				Work.hot(300);
				return null;
			});
			assertThat(found.threads().get(0)).startsWith("computing-");
		}
		finally {
			scheduler.dispose();
		}
	}

	@Test
	void manyFastTasksAreDelayAndNobodysViolation() throws InterruptedException {
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(this.thread);
			CountDownLatch done = new CountDownLatch(20_000);
			this.loop.execute(() -> {
				for (int i = 0; i < 20_000; i++) {
					this.loop.execute(() -> {
						long end = System.nanoTime() + 25_000;
						while (System.nanoTime() < end) {
							Work.result++;
						}
						done.countDown();
					});
				}
			});
			assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
			Awaitility.await()
				.untilAsserted(() -> assertThat(monitored.loop(this.thread).delay().max())
					.isGreaterThan(Duration.ofMillis(100)));
			assertThat(monitored.ledger.violations()).isEmpty();
			assertThat(monitored.loop(this.thread).turnsOverThreshold()).isZero();
			assertThat(monitored.loop(this.thread).backlog()).satisfies((backlog) -> {
				assertThat(backlog.duration()).isGreaterThan(Duration.ofMillis(100));
				assertThat(backlog.tasks()).isBetween(1_000, 20_000);
			});
		}
	}

	@Test
	void loopThatDoesNotComeBackIsToldWhileItLasts() {
		CountDownLatch end = new CountDownLatch(1);
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(this.thread);
			this.loop.submit(() -> {
				end.await();
				return null;
			});
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(monitored.ledger.violations()).singleElement().satisfies((violation) -> {
							assertThat(violation.rule()).isEqualTo("thread-park");
							assertThat(violation.api()).isEqualTo("java.util.concurrent.CountDownLatch.await");
							assertThat(violation.count()).isEqualTo(1);
							assertThat(violation.held().count()).isZero();
						}));
			assertThat(monitored.state(this.thread)).isEqualTo(LoopState.State.STALLED);
			end.countDown();
			this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	/**
	 * Netty itself wakes an idle loop once a second.
	 */
	@Test
	void idleLoopIsNotWoken() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(this.thread);
			long id = monitored.loop(this.thread).threadId();
			Awaitility.await().untilAsserted(() -> {
				long before = threads.getThreadCpuTime(id);
				long looks = monitored.loop(this.thread).delay().count();
				Awaitility.await()
					.pollInterval(Duration.ofMillis(20))
					.until(() -> monitored.loop(this.thread).delay().count() - looks >= 20);
				assertThat(threads.getThreadCpuTime(id)).isEqualTo(before);
			});
		}
	}

	@Test
	void thresholdOfAGroupApplies() {
		LoopMonitorSettings settings = new LoopMonitorSettings(true, Duration.ofSeconds(5),
				Map.of("stalled", Duration.ofMillis(20)), Duration.ZERO, 1_000);
		try (Monitored monitored = new Monitored(settings)) {
			monitored.awaitWatched(this.thread);
			Awaitility.await().untilAsserted(() -> {
				Monitored.run(this.loop, () -> {
					Work.park(60);
					return null;
				});
				assertThat(monitored.violations("park")).isNotEmpty();
			});
		}
	}

	@Test
	void otherThresholdCountsSoon() {
		try (Monitored monitored = new Monitored(Monitored.AT_ONCE.withThreshold(Duration.ofMinutes(10)))) {
			Awaitility.await().until(() -> monitored.state(this.thread) != null);
			monitored.monitor.configure(Monitored.AT_ONCE);
			Awaitility.await().untilAsserted(() -> {
				Monitored.run(this.loop, () -> {
					Work.park(300);
					return null;
				});
				assertThat(monitored.violations("park")).isNotEmpty();
			});
		}
	}

	@Test
	void stallsDuringTheGraceAreOnlyCounted() {
		LoopMonitorSettings settings = new LoopMonitorSettings(true, Duration.ofMillis(100), Map.of(),
				Duration.ofMinutes(10), 1_000);
		try (Monitored monitored = new Monitored(settings)) {
			monitored.awaitWatched(this.thread);
			Monitored.run(this.loop, () -> {
				Work.park(300);
				return null;
			});
			Awaitility.await()
				.untilAsserted(() -> assertThat(monitored.loop(this.thread).turnsOverThreshold()).isEqualTo(1));
			assertThat(monitored.ledger.violations()).isEmpty();
			assertThat(monitored.loop(this.thread).longest().cause()).isEqualTo(Cause.BLOCKED);
		}
	}

	@Test
	void stallsBeyondTheLimitAreCountedAsSuppressed() {
		LoopMonitorSettings settings = new LoopMonitorSettings(true, Duration.ofMillis(50), Map.of(), Duration.ZERO, 1);
		try (Monitored monitored = new Monitored(settings)) {
			monitored.awaitWatched(this.thread);
			Awaitility.await().untilAsserted(() -> {
				Monitored.run(this.loop, () -> {
					Work.park(150);
					return null;
				});
				assertThat(monitored.monitor.suppressed()).isPositive();
			});
			assertThat(monitored.violations("park").get(0).count()).isEqualTo(1);
		}
	}

	@Test
	void loopThatIsStuckIsToldWithItsLineUntilItGoesOn() {
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(this.thread);
			CountDownLatch release = new CountDownLatch(1);
			this.loop.execute(() -> Work.await(release));
			try {
				Awaitility.await()
					.untilAsserted(() -> assertThat(monitored.monitor.stalls()).filteredOn((stall) -> !stall.over())
						.singleElement()
						.satisfies((stuck) -> {
							assertThat(stuck.loop()).isEqualTo(this.thread);
							assertThat(stuck.place().methodName()).isEqualTo("await");
							assertThat(stuck.place().fileName()).isEqualTo("Work.java");
						}));
			}
			finally {
				release.countDown();
			}
			Awaitility.await().untilAsserted(() -> assertThat(monitored.monitor.stalls()).allMatch(LoopStall::over));
		}
	}

	/**
	 * Runs something until its duration is told right. What else runs on this machine may
	 * disturb one attempt.
	 */
	private Violation exact(String method, Executor executor, Callable<?> work) {
		String name = name(executor);
		List<String> attempts = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			try (Monitored monitored = new Monitored(); Disturbance disturbance = new Disturbance()) {
				monitored.awaitWatched(name);
				disturbance.restart();
				Duration took = Monitored.run(executor, work);
				Violation violation = monitored.violation(method);
				if (violation == null) {
					attempts.add("nothing, disturbed for " + disturbance.longest());
					continue;
				}
				Duration disturbed = disturbance.longest();
				attempts.add(violation.held().max() + " instead of " + took + ", disturbed for " + disturbed);
				if (violation.held()
					.max()
					.minus(took)
					.abs()
					.compareTo(TOLERANCE.plus(disturbed.multipliedBy(2))) <= 0) {
					assertThat(monitored.ledger.violations()).filteredOn((other) -> other.threads().contains(name))
						.hasSize(1);
					assertThat(violation.count()).isEqualTo(1);
					return violation;
				}
			}
		}
		throw new AssertionError("never right: " + attempts);
	}

	private static String name(Executor executor) {
		CompletableFuture<String> name = new CompletableFuture<>();
		executor.execute(() -> name.complete(Thread.currentThread().getName()));
		return name.join();
	}

}
