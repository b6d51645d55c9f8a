package com.example.flight;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

import io.github.loopguard.Violation;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.flight.FlightRecorder;
import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only some JVMs record: calls of methods that were named, and virtual threads that
 * are pinned.
 */
class TracedMethodTests {

	private static final FlightRecorderSettings TRACING = new FlightRecorderSettings(true, Duration.ofMillis(10),
			Duration.ZERO, Paths.NONE, List.of(Calls.class.getName() + "::named"), 1_000, false);

	private static final MultiThreadIoEventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("traced", true), NioIoHandler.newFactory());

	private static final EventLoop LOOP = GROUP.next();

	@BeforeAll
	static void load() {
		Calls.callsNamed(0);
	}

	@AfterAll
	static void stop() {
		GROUP.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	@EnabledForJreRange(minVersion = 25)
	void connectingIsFound() throws Exception {
		List<AutoCloseable> full = Calls.fullServer();
		try (Recorded recorded = new Recorded()) {
			recorded.awaitAllRead(LOOP);
			InetSocketAddress address = (InetSocketAddress) ((ServerSocket) full.get(0)).getLocalSocketAddress();
			Recorded.run(LOOP, () -> {
				Calls.connect(address);
				return null;
			});
			Violation found = recorded.seen("connect");
			assertThat(found.rule()).isEqualTo("socket-connect");
			assertThat(found.api()).isEqualTo("java.net.Socket.connect");
			assertThat(found.count()).isEqualTo(1);
		}
		finally {
			for (AutoCloseable it : full) {
				it.close();
			}
		}
	}

	@Test
	@EnabledForJreRange(minVersion = 25)
	void methodThatTheUserNamesIsFoundAtItsCaller() {
		try (Recorded recorded = new Recorded(TRACING, List.of())) {
			recorded.awaitAllRead(LOOP);
			Recorded.run(LOOP, () -> {
				Calls.callsNamed(50);
				return null;
			});
			Violation found = recorded.seen("callsNamed");
			assertThat(found.rule()).isEqualTo("marked-blocking");
			assertThat(found.api()).isEqualTo("com.example.flight.Calls.named");
			assertThat(found.held().max()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(2));
		}
	}

	@Test
	@EnabledOnJre(JRE.JAVA_17)
	void statusTellsThatTheJvmCannotTraceMethods() {
		FlightRecorder detector = new FlightRecorder(() -> null, (thread) -> 0, (begin, end) -> 0, List::of);
		detector.configure(TRACING);
		try {
			Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
				assertThat(detector.status().state()).isEqualTo(State.DEGRADED);
				assertThat(detector.status().reason()).contains("com.example.flight.Calls::named", "JDK 25");
			});
		}
		finally {
			detector.configure(FlightRecorderSettings.OFF);
		}
	}

	@Test
	@EnabledForJreRange(minVersion = 21)
	void virtualThreadThatIsPinnedIsFound() throws Exception {
		try (Recorded recorded = new Recorded()) {
			Thread thread = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class)
				.invoke(null, (Runnable) () -> assertThat(Initialised.VALUE).isPositive());
			thread.join();
			Violation found = recorded.seen("park");
			assertThat(found.rule()).isEqualTo("thread-pinned");
			assertThat(found.fix()).contains("pinned to its carrier");
			assertThat(found.held().max()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(2));
		}
	}

	/**
	 * Initialising a class pins the virtual thread that does it.
	 */
	private static final class Initialised {

		static final int VALUE = pin();

		private static int pin() {
			Calls.park(60);
			return 1;
		}

	}

}
