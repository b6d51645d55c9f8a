package com.example.flight;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Origin;
import io.github.loopguard.Violation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What blocks an event loop is found without any hook, with its duration and what it
 * waited for.
 */
@DisabledOnOs(OS.WINDOWS)
class FlightRecorderTests {

	private static Recorded recorded;

	private static MultiThreadIoEventLoopGroup group;

	private static EventLoop loop;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("recorded", true),
				NioIoHandler.newFactory());
		loop = group.next();
		recorded = new Recorded();
		recorded.awaitAllRead(loop);
	}

	@AfterAll
	static void stop() {
		recorded.close();
		group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@BeforeEach
	void clear() {
		recorded.ledger.clear();
	}

	@Test
	void readingAFileIsOneCallWithItsName() throws Exception {
		Path file = Calls.slowFile(this.directory, "invoices.csv", 200);
		Recorded.run(loop, () -> Calls.read(file));
		Violation found = recorded.seen("read");
		assertThat(found.rule()).isEqualTo("file-read");
		assertThat(found.api()).isEqualTo("java.nio.file.Files.readString");
		assertThat(found.origin()).isEqualTo(Origin.APPLICATION);
		assertThat(found.site().fileName()).isEqualTo("Calls.java");
		assertThat(found.site().lineNumber()).isPositive();
		assertThat(found.detectors()).containsExactly("flight-recorder");
		assertThat(found.resources()).containsExactly("invoices.csv");
		assertThat(found.count()).isEqualTo(1);
		assertThat(found.held().max()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(2));
		assertThat(found.threads()).singleElement().asString().startsWith("recorded-");
	}

	@Test
	void kindOfTheEventTellsTheRuleWhereTheJdkHidesItsFrames() throws Exception {
		Path file = Calls.slowFile(this.directory, "stream", 100);
		Recorded.run(loop, () -> Calls.readStream(file));
		assertThat(recorded.seen("readStream").rule()).isEqualTo("file-read");
	}

	@Test
	void sleepingIsFound() {
		Recorded.run(loop, () -> {
			Calls.sleep(50);
			return null;
		});
		Violation found = recorded.seen("sleep");
		assertThat(found.rule()).isEqualTo("sleep");
		assertThat(found.api()).isEqualTo("java.lang.Thread.sleep");
		assertThat(found.held().max()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(2));
	}

	@Test
	void eachSleepIsACall() {
		Recorded.run(loop, () -> {
			for (int i = 0; i < 3; i++) {
				Calls.sleep(20);
			}
			return null;
		});
		recorded.awaitAllRead(loop);
		assertThat(recorded.violation("sleep").count()).isEqualTo(3);
	}

	@Test
	void parkingIsFoundAsWhatWasCalled() {
		Recorded.run(loop, () -> {
			Calls.park(50);
			Calls.await(50);
			return null;
		});
		assertThat(recorded.seen("park").api()).isEqualTo("java.util.concurrent.locks.LockSupport.parkNanos");
		Violation found = recorded.seen("await");
		assertThat(found.rule()).isEqualTo("thread-park");
		assertThat(found.api()).isEqualTo("java.util.concurrent.CountDownLatch.await");
		assertThat(found.resources()).containsExactly("java.util.concurrent.CountDownLatch$Sync");
	}

	@Test
	void waitingOnAMonitorIsFound() {
		Recorded.run(loop, () -> {
			Calls.objectWait(50);
			return null;
		});
		assertThat(recorded.seen("objectWait").rule()).isEqualTo("monitor-wait");
	}

	@Test
	void contendedMonitorIsNamedWithTheThreadThatHeldIt() {
		Recorded.run(loop, () -> {
			Calls.hold("holder-of-the-monitor", 100);
			Calls.enter();
			return null;
		});
		Violation found = recorded.seen("enter");
		assertThat(found.rule()).isEqualTo("monitor-enter");
		assertThat(found.api()).isEqualTo("synchronized (java.lang.Object)");
		assertThat(found.fix()).contains("held by thread holder-of-the-monitor");
	}

	@Test
	void socketsAreNamedByTheirHosts() throws Exception {
		try (Socket socket = Calls.slowServer(100)) {
			Recorded.run(loop, () -> Calls.socketRead(socket));
			Violation found = recorded.seen("socketRead");
			assertThat(found.rule()).isEqualTo("socket-read");
			assertThat(found.resources()).singleElement().asString().endsWith(":" + socket.getPort());
		}
		try (Socket socket = Calls.slowServer(100)) {
			Recorded.run(loop, () -> {
				Calls.socketWrite(socket);
				return null;
			});
			assertThat(recorded.seen("socketWrite").rule()).isEqualTo("socket-write");
		}
	}

	@Test
	void startedProcessIsNamedWithoutItsArguments() {
		Recorded.run(loop, Calls::startProcess);
		Violation found = recorded.seen("startProcess");
		assertThat(found.rule()).isEqualTo("process");
		assertThat(found.api()).isEqualTo("java.lang.ProcessBuilder.start");
		assertThat(found.resources()).containsExactly("true");
	}

	@Test
	void loopThatWaitsForWorkIsNobodysViolation() {
		Scheduler parallel = Schedulers.newParallel("idle", 2, true);
		Scheduler single = Schedulers.newSingle("idle-single", true);
		DefaultEventLoop local = new DefaultEventLoop(new DefaultThreadFactory("idle-local", true));
		try {
			for (int i = 0; i < 10; i++) {
				Recorded.run(parallel::schedule, () -> null);
				Recorded.run(single::schedule, () -> null);
				Recorded.run(local, () -> null);
				Recorded.run(loop, () -> {
					Calls.sleep(30);
					return null;
				});
			}
			recorded.awaitAllRead(loop);
			assertThat(recorded.ledger.violations()).allSatisfy(
					(violation) -> assertThat(violation.threads()).allMatch((it) -> it.startsWith("recorded-")));
		}
		finally {
			parallel.dispose();
			single.dispose();
			local.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void workersOfReactorAreReadToo() {
		Scheduler parallel = Schedulers.newParallel("computing", 1, true);
		try {
			Recorded.run(parallel::schedule, () -> {
				Thread.sleep(1_000);
				Calls.await(50);
				return null;
			});
			assertThat(recorded.seen("await").threads()).singleElement().asString().startsWith("computing-");
		}
		finally {
			parallel.dispose();
		}
	}

	@Test
	void timeForWhichTheJvmStoodStillIsNobodysViolation() {
		long still = TimeUnit.MILLISECONDS.toNanos(300);
		recorded.stoppedDuring = (begin, end) -> (end - begin >= still) ? still : 0;
		try {
			long begin = System.nanoTime();
			Recorded.run(loop, () -> {
				Calls.sleep(301);
				Calls.park(600);
				return null;
			});
			Duration held = Duration.ofNanos(System.nanoTime() - begin - 2 * still);
			assertThat(recorded.seen("park").held().max()).isLessThanOrEqualTo(held);
			recorded.awaitAllRead(loop);
			Violation sleep = recorded.violation("sleep");
			assertThat(sleep == null || sleep.held().max().compareTo(held) <= 0).isTrue();
			assertThat(sleep == null || sleep.held().max().compareTo(Duration.ofMillis(10)) >= 0).isTrue();
		}
		finally {
			recorded.stoppedDuring = (begin, end) -> 0;
		}
	}

	/**
	 * A switch comes with all other settings, such as the delay of the start.
	 */
	@Test
	void otherSettingsDoNotMakeItWaitAgain() {
		try (Recorded own = new Recorded()) {
			own.awaitAllRead(loop);
			own.detector.configure(Recorded.AT_ONCE.withStartDelay(Duration.ofMinutes(10)));
			Recorded.run(loop, () -> {
				Calls.sleep(50);
				return null;
			});
			assertThat(own.seen("sleep").rule()).isEqualTo("sleep");
		}
	}

	@Test
	void otherThreadsMayBlock() throws InterruptedException {
		Thread thread = new Thread(() -> {
			Calls.park(100);
		}, "other");
		thread.start();
		thread.join();
		recorded.awaitAllRead(loop);
		assertThat(recorded.violation("park")).isNull();
	}

	@Test
	void shortCallsAreNotRecorded() {
		Recorded.run(loop, () -> {
			Calls.sleep(1);
			return null;
		});
		recorded.awaitAllRead(loop);
		Violation found = recorded.violation("sleep");
		assertThat(found == null || found.held().max().compareTo(Duration.ofMillis(10)) >= 0).isTrue();
	}

	@Test
	void recordingsOfOthersAreLeftAlone() {
		try (Recording own = new Recording(); Recorded another = new Recorded()) {
			own.start();
			another.close();
			assertThat(own.getState()).isEqualTo(RecordingState.RUNNING);
			own.stop();
		}
	}

}
