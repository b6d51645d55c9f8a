package com.example.waited;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.netty.resources.LoopResources;

import io.github.loopguard.Violation;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One call that holds the only event loop of a server is one violation, with what waited
 * for it, when everything is on: hooks, loop monitor, flight recorder and black box.
 */
@SpringBootTest(classes = WaitedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.loop-monitor.enabled=true", "loopguard.loop-monitor.grace=0s",
				"loopguard.flight-recorder.enabled=true", "loopguard.flight-recorder.start-delay=0s" })
@DirtiesContext
@DisabledOnOs(OS.WINDOWS)
class JoinedTests {

	private static final int TASKS = 20;

	private static final int CONNECTIONS = 20;

	private static final Duration WRITTEN_AFTER = Duration.ofMillis(200);

	private static final Duration BUSY = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	private static Path blackBox;

	@LocalServerPort
	private int port;

	@Autowired
	private LoopResources loops;

	@TempDir
	private Path directory;

	private final List<Connection> connections = new ArrayList<>();

	private EventLoop loop;

	@DynamicPropertySource
	static void blackBox(DynamicPropertyRegistry properties) {
		properties.add("loopguard.black-box.directory", blackBox::toString);
	}

	@BeforeEach
	void open() throws Exception {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(Loopguard.instance().detectors())
				.filteredOn((detector) -> detector.state() == State.ACTIVE)
				.extracting(DetectorStatus::name)
				.contains("blockhound", "loop-monitor", "flight-recorder", "black-box"));
		this.loop = this.loops.onServer(true).next();
		for (int i = 0; i <= CONNECTIONS; i++) {
			Connection connection = new Connection(this.port);
			this.connections.add(connection);
			connection.send("/orders/0");
			connection.receive();
		}
		// The first request of a route loads resources.
		this.connections.get(0).send("/read?file=" + Files.createTempFile(this.directory, "first", ".csv"));
		this.connections.get(0).receive();
		await().pollDelay(Duration.ofMillis(300)).until(() -> state() == LoopState.State.IDLE);
		Loopguard.instance().ledger().clear();
	}

	@AfterEach
	void close() throws IOException {
		for (Connection connection : this.connections) {
			connection.close();
		}
	}

	@Test
	void readingAPipeIsOneViolationWithAllThatWaitedForIt() throws Exception {
		long sent = System.nanoTime();
		long opened;
		long written;
		try (Pipe pipe = new Pipe(this.directory.resolve("orders.csv"))) {
			this.connections.get(0).send("/read?file=" + pipe.path());
			pipe.awaitReader();
			opened = System.nanoTime();
			for (int i = 0; i < TASKS; i++) {
				this.loop.execute(() -> {
				});
			}
			for (Connection connection : this.connections.subList(1, CONNECTIONS + 1)) {
				connection.send("/orders/1");
			}
			await().pollInterval(Duration.ofMillis(5))
				.until(() -> System.nanoTime() - opened >= WRITTEN_AFTER.toNanos()
						&& state() == LoopState.State.STALLED);
			written = System.nanoTime();
		}
		for (Connection connection : this.connections) {
			connection.receive();
		}
		long answered = System.nanoTime();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(violation().detectors()).containsExactlyInAnyOrder("blockhound",
					"loop-monitor", "flight-recorder"));
		await().untilAsserted(() -> assertThat(violation().waited().requests()).isEqualTo(CONNECTIONS));
		Violation violation = violation();
		assertThat(violation.api()).isEqualTo("java.nio.file.Files.readString");
		assertThat(violation.rule()).isEqualTo("file-read");
		assertThat(violation.resources()).containsExactly("orders.csv");
		assertThat(violation.count()).isEqualTo(1);
		assertThat(violation.held().count()).isEqualTo(1);
		assertThat(violation.held().max().toNanos()).isBetween(written - opened, answered - sent);
		assertThat(violation.waited().tasks()).isEqualTo(TASKS);
		assertThat(violation.waited().estimated()).isTrue();
	}

	/**
	 * How much CPU time it has used is asked for only now and then while it waits.
	 */
	@Test
	void readingAPipeIsFoundOnALoopThatWasBusyBefore() throws Exception {
		long start = System.nanoTime();
		while (System.nanoTime() - start < BUSY.toNanos()) {
			this.connections.get(0).send("/orders/0");
			this.connections.get(0).receive();
		}
		await().pollDelay(Duration.ofMillis(300)).until(() -> state() == LoopState.State.IDLE);
		readingAPipeIsOneViolationWithAllThatWaitedForIt();
	}

	private LoopState.State state() {
		return Loopguard.instance()
			.outside()
			.loopMonitor()
			.loops()
			.stream()
			.filter((loop) -> loop.name().startsWith("only-"))
			.map(LoopState::state)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns the only violation.
	 */
	private static Violation violation() {
		List<Violation> violations = Loopguard.instance().ledger().violations();
		assertThat(violations).hasSize(1);
		return violations.get(0);
	}

}
