package com.example.flight;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Violation;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.flight.FlightRecorder;
import io.github.loopguard.detect.loop.LoopMonitor;
import io.github.loopguard.detect.loop.LoopState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What several detectors see of one call is one violation.
 */
@DisabledOnOs(OS.WINDOWS)
class OneFindingTests {

	private static final Allowance ALLOWED = new Allowance("calls-allowed", null, Calls.class.getName(), "allowed",
			Category.TOLERATED, "it is a test", "somebody", null, null, null);

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("shared", true), NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	@TempDir
	private Path directory;

	@AfterEach
	void shutDown() {
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void callOfAHookIsOneViolationWithIt() throws Exception {
		try (Recorded recorded = new Recorded()) {
			recorded.awaitAllRead(this.loop);
			Path file = Calls.slowFile(this.directory, "invoices.csv", 100);
			Recorded.run(this.loop, () -> recorded.hooked("java.io.FileInputStream", "read", () -> Calls.read(file)));
			Violation found = recorded.seen("hooked");
			recorded.awaitAllRead(this.loop);
			assertThat(recorded.violation("read")).isNull();
			assertThat(found.rule()).isEqualTo("file-read");
			assertThat(found.detectors()).containsExactly("blockhound", "flight-recorder");
			assertThat(found.resources()).containsExactly("invoices.csv");
			assertThat(found.count()).isEqualTo(1);
			assertThat(found.held().count()).isEqualTo(1);
		}
	}

	/**
	 * The call lasts beyond the time after which its event is looked at.
	 */
	@Test
	void callOfAHookThatGoesOnIsOneViolationWithIt() {
		try (Recorded recorded = new Recorded()) {
			recorded.awaitAllRead(this.loop);
			Recorded.run(this.loop, () -> recorded.hooked("java.lang.Thread", "sleep", () -> {
				Calls.sleep(50);
				Awaitility.await().until(() -> recorded.seen("hooked") != null);
				return null;
			}));
			recorded.awaitAllRead(this.loop);
			assertThat(recorded.violation("sleep")).isNull();
			assertThat(recorded.violation("hooked").count()).isEqualTo(1);
		}
	}

	@Test
	void callWhoseEndNoHookSawGetsItsDuration() {
		try (Recorded recorded = new Recorded()) {
			recorded.awaitAllRead(this.loop);
			Recorded.run(this.loop, () -> {
				recorded.recorder.marked(Hook.marked(Calls.class.getName(), "sleep", null));
				Calls.sleep(50);
				return null;
			});
			Violation found = Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.until(() -> recorded.marked(), (it) -> it != null && it.held().count() > 0);
			assertThat(found.detectors()).containsExactly("blockhound", "flight-recorder");
			assertThat(found.held().count()).isEqualTo(1);
			assertThat(found.held().max()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(2));
			assertThat(recorded.violation("sleep")).isNull();
		}
	}

	@Test
	void stallOfTheLoopMonitorIsOneViolationWithIt() throws Exception {
		try (Recorded recorded = new Recorded()) {
			recorded.monitor(Duration.ofMillis(100));
			recorded.awaitAllRead(this.loop);
			awaitIdle(recorded);
			Path file = Calls.slowFile(this.directory, "invoices.csv", 300);
			Recorded.run(this.loop, () -> Calls.read(file));
			Violation found = recorded.seen("read");
			recorded.awaitAllRead(this.loop);
			assertThat(recorded.ledger.violations()).filteredOn((it) -> it.rule().equals("file-read"))
				.singleElement()
				.satisfies((it) -> assertThat(it.count()).isEqualTo(1));
			assertThat(found.detectors()).contains(FlightRecorder.NAME);
			assertThat(found.resources()).containsExactly("invoices.csv");
			assertThat(recorded.violation("read").detectors()).containsExactly(LoopMonitor.NAME, FlightRecorder.NAME);
		}
	}

	/**
	 * A process is told however short its start was, which hooks see if they are not
	 * muted.
	 */
	@Test
	void processIsToldAlsoWhereHooksAreMuted() {
		try (Recorded recorded = new Recorded()) {
			recorded.awaitAllRead(this.loop);
			Recorded.run(this.loop, () -> recorded.hooked("java.lang.Thread", "sleep", () -> null));
			recorded.recorder.outside().mute(true);
			Recorded.run(this.loop, Calls::startProcess);
			assertThat(recorded.seen("startProcess").rule()).isEqualTo("process");
		}
	}

	/**
	 * The loop monitor may be switched on at any time.
	 */
	@Test
	void callsOfHooksBeforeTheMonitorWatchesExplainNothing() {
		try (Recorded recorded = new Recorded()) {
			recorded.awaitAllRead(this.loop);
			Recorded.run(this.loop, () -> recorded.hooked("java.lang.Thread", "sleep", () -> {
				Calls.sleep(600);
				return null;
			}));
			recorded.monitor(Duration.ofMillis(100));
			awaitIdle(recorded);
			Recorded.run(this.loop, () -> {
				Calls.park(400);
				return null;
			});
			assertThat(recorded.seenBy("park", LoopMonitor.NAME).rule()).isEqualTo("sleep");
			assertThat(recorded.violation("hooked").detectors()).doesNotContain(LoopMonitor.NAME);
		}
	}

	@Test
	void otherCallInATurnIsAViolationOfItsOwn() {
		try (Recorded recorded = new Recorded()) {
			recorded.monitor(Duration.ofMillis(100));
			recorded.awaitAllRead(this.loop);
			awaitIdle(recorded);
			Recorded.run(this.loop, () -> {
				Calls.named(300);
				Calls.sleep(30);
				return null;
			});
			recorded.seenBy("named", LoopMonitor.NAME);
			Violation found = recorded.seen("sleep");
			assertThat(found.rule()).isEqualTo("sleep");
			assertThat(found.detectors()).containsExactly(FlightRecorder.NAME);
		}
	}

	@Test
	void whatBlockHoundLetsPassIsCounted() {
		try (Recorded recorded = new Recorded(Recorded.AT_ONCE, List.of(ALLOWED))) {
			recorded.awaitAllRead(this.loop);
			for (int i = 0; i < 2; i++) {
				Recorded.run(this.loop, () -> {
					Calls.allowed(30);
					return null;
				});
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.untilAsserted(() -> assertThat(recorded.ledger.allowed(ALLOWED.id())).isEqualTo(2));
			assertThat(recorded.violation("allowed")).isNull();
		}
	}

	private void awaitIdle(Recorded recorded) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(15))
			.until(() -> recorded.monitor.loops()
				.stream()
				.anyMatch((it) -> it.name().startsWith("shared-") && it.state() == LoopState.State.IDLE));
	}

}
