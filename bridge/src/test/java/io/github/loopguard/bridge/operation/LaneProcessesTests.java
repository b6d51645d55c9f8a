package io.github.loopguard.bridge.operation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneProcesses}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class LaneProcessesTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("programs").withThreads(1));

	private final LaneProcesses processes = LaneProcesses.in(this.lane);

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void emitsTheOutputAsItComesErrorsIncluded() {
		StepVerifier.create(this.processes.lines("sh", "-c", "echo one; echo two >&2"))
			.expectNext("one", "two")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void anExitCodeOtherThanZeroIsAnErrorAfterTheOutput() {
		StepVerifier.create(this.processes.lines("sh", "-c", "echo sorry; exit 3"))
			.expectNext("sorry")
			.expectErrorSatisfies((error) -> {
				assertThat(error).isInstanceOf(ProcessFailedException.class).hasMessage("'sh' ended with exit code 3");
				assertThat(((ProcessFailedException) error).exitCode()).isEqualTo(3);
			})
			.verify(SOON);
		StepVerifier.create(this.processes.run("sh", "-c", "echo a; echo b"))
			.expectNext(List.of("a", "b"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aProgramThatDoesNotExistFails() {
		StepVerifier.create(this.processes.run("/no/such/program")).expectError(IOException.class).verify(SOON);
	}

	@Test
	void cancellingEndsASilentProgram() {
		StepVerifier.create(this.processes.lines("sh", "-c", "echo started; exec sleep 600"))
			.expectNext("started")
			.thenCancel()
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
		assertThat(this.lane.status().open()).isZero();
	}

	@Test
	void theRunTimeoutEndsASilentProgram() {
		Lane impatient = this.bridge
			.define(LaneSpec.named("impatient").withThreads(1).withRunTimeout(Duration.ofMillis(300)));
		StepVerifier.create(LaneProcesses.in(impatient).lines("sh", "-c", "echo started; exec sleep 600"))
			.expectNext("started")
			.expectError(LaneTimeoutException.class)
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(impatient.status().active()).isZero());
	}

	@Test
	void keepsTheFirstLinesOfATalkativeProgramAndLetsItEnd(@TempDir Path directory) {
		Path end = directory.resolve("end");
		StepVerifier.create(this.processes.run("sh", "-c", "seq 10500; touch " + end))
			.assertNext((lines) -> assertThat(lines).hasSize(10_000).endsWith("10000"))
			.expectComplete()
			.verify(SOON);
		assertThat(end).exists();
	}

	@Test
	void runsWhereTheBuilderSays() {
		StepVerifier.create(this.processes.lines(new ProcessBuilder("pwd").directory(Path.of("/").toFile())))
			.expectNext("/")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aProgramThatIsKilledTakesItsDescendantsWithIt() throws Exception {
		AtomicReference<String> child = new AtomicReference<>();
		this.processes.lines(new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; wait"))
			.doOnNext(child::set)
			.take(1)
			.blockLast(Duration.ofSeconds(10));
		long pid = Long.parseLong(child.get());
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> ProcessHandle.of(pid).map((handle) -> !handle.isAlive()).orElse(true));
	}

}
