package com.example.stall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.acme.pool.Pool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.detect.loop.LoopState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event loops that are not what they seem, do not stay what they are, or do not come
 * back.
 */
class OddLoopTests {

	@BeforeAll
	static void name() {
		EventLoops.add(List.of("odd-*"), List.of());
	}

	@Test
	void libraryThatWaitsForWorkInItsOwnWayIsIdle() {
		Pool pool = new Pool("odd-pool");
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched("odd-pool");
			assertThat(monitored.ledger.violations()).isEmpty();
			Awaitility.await().untilAsserted(() -> {
				Monitored.run(pool::execute, () -> {
					Work.park(300);
					return null;
				});
				assertThat(monitored.violations("park")).isNotEmpty();
			});
		}
		finally {
			pool.stop();
		}
	}

	@Test
	void turnWithWhichItsThreadEndsIsTold() {
		try (Monitored monitored = new Monitored()) {
			Awaitility.await().untilAsserted(() -> {
				Thread thread = new Thread(() -> Work.park(400), "odd-and-short");
				thread.setDaemon(true);
				thread.start();
				thread.join(TimeUnit.SECONDS.toMillis(10));
				assertThat(monitored.violation("park")).isNotNull();
			});
		}
	}

	@Test
	void executorThatReplacesAnotherOnTheSameThreadIsWatchedInItsPlace() throws InterruptedException {
		ExecutorService threads = Executors.newSingleThreadExecutor(new DefaultThreadFactory("pooled", true));
		CountDownLatch end = new CountDownLatch(1);
		try (Monitored monitored = new Monitored()) {
			MultiThreadIoEventLoopGroup first = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
			String name = name(first);
			monitored.awaitWatched(name);
			MultiThreadIoEventLoopGroup second = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
			first.shutdownGracefully(0, 0, TimeUnit.SECONDS);
			assertThat(name(second)).isEqualTo(name);
			second.execute(() -> await(end));
			for (int i = 0; i < 7; i++) {
				second.execute(() -> {
				});
			}
			Awaitility.await().untilAsserted(() -> assertThat(monitored.loop(name).pending()).isEqualTo(7));
			end.countDown();
			second.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
		finally {
			end.countDown();
			threads.shutdown();
		}
	}

	@Test
	void threadThatHidesItsIdentifierHarmsNobody() {
		CountDownLatch end = new CountDownLatch(1);
		Thread hiding = new Thread(() -> await(end), "odd-and-hidden") {

			@Override
			@SuppressWarnings("deprecation")
			public long getId() {
				return 0;
			}

		};
		hiding.setDaemon(true);
		hiding.start();
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("plain", true),
				NioIoHandler.newFactory());
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(name(group));
			Awaitility.await().untilAsserted(() -> {
				Monitored.run(group.next(), () -> {
					Work.park(300);
					return null;
				});
				assertThat(monitored.violations("park")).isNotEmpty();
			});
			assertThat(monitored.monitor.status().state()).isEqualTo(State.DEGRADED);
			assertThat(monitored.monitor.status().reason()).contains("1 event loops are not watched",
					"let clients share");
		}
		finally {
			end.countDown();
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void stallThatIsNotToldIsCountedOnce() {
		LoopMonitorSettings settings = new LoopMonitorSettings(true, Duration.ofMillis(100), Map.of(), Duration.ZERO,
				0);
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("quiet", true),
				NioIoHandler.newFactory());
		try (Monitored monitored = new Monitored(settings)) {
			String name = name(group);
			monitored.awaitWatched(name);
			Monitored.run(group.next(), () -> {
				Work.park(2_500);
				return null;
			});
			Awaitility.await().untilAsserted(() -> assertThat(monitored.loop(name).turnsOverThreshold()).isPositive());
			assertThat(monitored.monitor.suppressed()).isEqualTo(monitored.loop(name).turnsOverThreshold());
			assertThat(monitored.monitor.unattributed()).isZero();
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void whatLastsIsOverWhenItEndsThoughTheMonitorIsTurnedOff() {
		CountDownLatch end = new CountDownLatch(1);
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("long", true),
				NioIoHandler.newFactory());
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(name(group));
			group.execute(() -> await(end));
			Awaitility.await()
				.untilAsserted(() -> assertThat(monitored.ledger.violations()).singleElement()
					.satisfies((violation) -> assertThat(violation.held().count()).isZero()));
			monitored.monitor.configure(LoopMonitorSettings.OFF);
			end.countDown();
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(monitored.ledger.violations()).singleElement().satisfies((violation) -> {
							assertThat(violation.count()).isEqualTo(1);
							assertThat(violation.held().count()).isEqualTo(1);
							assertThat(violation.held().max()).isGreaterThan(Duration.ofSeconds(1));
						}));
			Awaitility.await().until(() -> monitored.monitor.loops().isEmpty());
		}
		finally {
			end.countDown();
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	/**
	 * Counting what waits costs each request, and the monitor looks more often meanwhile.
	 */
	@Test
	void nothingIsCountedAnyMoreWhereTheEndOfATurnCouldNotBeTold() {
		AtomicBoolean failing = new AtomicBoolean();
		LoopMonitor monitor = new LoopMonitor(() -> {
			if (failing.get()) {
				throw new IllegalStateException("a test");
			}
			return null;
		});
		CountDownLatch end = new CountDownLatch(1);
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
				new DefaultThreadFactory("failing", true), NioIoHandler.newFactory());
		try {
			monitor.configure(Monitored.AT_ONCE);
			name(group);
			Awaitility.await().until(() -> monitor.groups().contains("failing"));
			group.execute(() -> await(end));
			Awaitility.await().until(() -> monitor.impact().isCounting());
			failing.set(true);
			Awaitility.await().until(() -> monitor.status().state() == State.DEGRADED);
			end.countDown();
			group.submit(() -> {
			}).syncUninterruptibly();
			failing.set(false);
			Awaitility.await().until(() -> monitor.status().state() == State.ACTIVE);
			Awaitility.await().until(() -> !monitor.impact().isCounting());
		}
		finally {
			failing.set(false);
			end.countDown();
			monitor.configure(LoopMonitorSettings.OFF);
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void groupWithAThresholdOfItsOwnKeepsItHoweverManyOthersThereAre() {
		List<MultiThreadIoEventLoopGroup> groups = new ArrayList<>();
		LoopMonitorSettings settings = new LoopMonitorSettings(true, Duration.ofMinutes(10),
				Map.of("late", Duration.ofMillis(50)), Duration.ZERO, 1_000);
		try (Monitored monitored = new Monitored(settings)) {
			for (int i = 0; i < 70; i++) {
				String name = "many" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
				groups.add(new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true),
						NioIoHandler.newFactory()));
				groups.get(i).execute(() -> {
				});
			}
			Awaitility.await().until(() -> monitored.monitor.groups().contains("others"));
			MultiThreadIoEventLoopGroup late = new MultiThreadIoEventLoopGroup(1,
					new DefaultThreadFactory("late", true), NioIoHandler.newFactory());
			groups.add(late);
			Awaitility.await().until(() -> monitored.state(name(late)) == LoopState.State.IDLE);
			Awaitility.await().untilAsserted(() -> {
				Monitored.run(late.next(), () -> {
					Work.park(150);
					return null;
				});
				assertThat(monitored.violations("park")).isNotEmpty();
			});
		}
		finally {
			groups.forEach((group) -> group.shutdownGracefully(0, 0, TimeUnit.SECONDS));
		}
	}

	@Test
	void loaderOfClassesThatALoopHoldsDoesNotHoldTheMonitor() {
		CountDownLatch end = new CountDownLatch(1);
		ClassLoader locked = new ClassLoader(OddLoopTests.class.getClassLoader()) {
		};
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
				new DefaultThreadFactory("loading", true), NioIoHandler.newFactory());
		try (Monitored monitored = new Monitored()) {
			String name = name(group);
			monitored.awaitWatched(name);
			group.execute(() -> {
				Thread.currentThread().setContextClassLoader(locked);
				synchronized (locked) {
					await(end);
				}
			});
			Awaitility.await()
				.untilAsserted(() -> assertThat(monitored.ledger.violations())
					.anyMatch((violation) -> violation.threads().contains(name)));
		}
		finally {
			end.countDown();
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void loopThatStandsStillIsNotDisturbed() {
		MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
				new DefaultThreadFactory("disturbed", true), NioIoHandler.newFactory());
		try (Monitored monitored = new Monitored()) {
			String name = name(group);
			monitored.awaitWatched(name);
			Awaitility.await().untilAsserted(() -> {
				Duration took = Monitored.run(group.next(), () -> {
					assertThat(Thread.interrupted()).isFalse();
					Thread.sleep(300);
					assertThat(Thread.interrupted()).isFalse();
					assertThat(((SingleThreadEventExecutor) group.next()).pendingTasks())
						.as("at most the task that learns which requests waited")
						.isLessThanOrEqualTo(1);
					return null;
				});
				assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(300));
				assertThat(monitored.loop(name).turnsOverThreshold()).isGreaterThanOrEqualTo(3);
			});
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void poolsOfTheSameNameAreOneGroup() {
		MultiThreadIoEventLoopGroup one = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("alike", true),
				NioIoHandler.newFactory());
		MultiThreadIoEventLoopGroup other = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("alike", true),
				NioIoHandler.newFactory());
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(name(one));
			monitored.awaitWatched(name(other));
			assertThat(monitored.monitor.loops().stream().filter((loop) -> loop.name().startsWith("alike-"))).hasSize(2)
				.extracting(LoopState::group)
				.containsOnly("alike");
		}
		finally {
			one.shutdownGracefully(0, 0, TimeUnit.SECONDS);
			other.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String name(MultiThreadIoEventLoopGroup group) {
		CompletableFuture<String> name = new CompletableFuture<>();
		group.execute(() -> name.complete(Thread.currentThread().getName()));
		return name.orTimeout(10, TimeUnit.SECONDS).join();
	}

}
