package io.github.loopguard.bridge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A recording shows what lanes have run.
 */
class LaneTimelineTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	@TempDir
	private Path directory;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("shown").withThreads(1));

	@AfterEach
	void close() {
		BlockingBridge.recordCalls(false);
		this.bridge.close();
	}

	@Test
	void recordingShowsCallsOnTheirThread() throws Exception {
		BlockingBridge.recordCalls(true);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		List<RecordedEvent> events = record(() -> {
			StepVerifier.create(Mono.zip(this.lane.call(() -> {
				begun.countDown();
				end.await();
				return 1;
			}), this.lane.call(() -> 2)).doOnSubscribe((subscription) -> endLater(begun, end)))
				.expectNextCount(1)
				.expectComplete()
				.verify(SOON);
			StepVerifier.create(this.lane.run(() -> {
				throw new IOException("no disk");
			})).expectError(IOException.class).verify(SOON);
			StepVerifier.create(this.bridge.call(() -> 3)).expectNext(3).expectComplete().verify(SOON);
		});
		assertThat(events).extracting((it) -> it.getString("lane") + " " + it.getString("outcome"))
			.containsExactly("shown COMPLETED", "shown COMPLETED", "shown FAILED", "default COMPLETED");
		assertThat(events.subList(0, 3)).allSatisfy((it) -> assertThat(it.getThread().getJavaName()).contains("shown"));
		assertThat(events.get(0).getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		assertThat(events.get(1).getDuration("waited")).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		assertThat(events.get(2).getString("error")).isEqualTo("java.io.IOException");
	}

	@Test
	void recordingShowsCallThatNobodyWaitsForAnyMore() throws Exception {
		BlockingBridge.recordCalls(true);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		List<RecordedEvent> events = record(() -> {
			StepVerifier.create(this.lane.run(() -> {
				begun.countDown();
				end.await();
			})).then(() -> await(begun)).thenCancel().verify(SOON);
			end.countDown();
			StepVerifier.create(this.lane.call(() -> 2)).expectNext(2).expectComplete().verify(SOON);
		});
		assertThat(events).extracting((it) -> it.getString("outcome")).containsExactly("DETACHED", "COMPLETED");
	}

	@Test
	void recordingShowsNothingUnlessItIsWanted() throws Exception {
		BlockingBridge.recordCalls(true);
		BlockingBridge.recordCalls(false);
		assertThat(
				record(() -> StepVerifier.create(this.lane.call(() -> 1)).expectNext(1).expectComplete().verify(SOON)))
			.isEmpty();
	}

	private List<RecordedEvent> record(Runnable work) throws IOException {
		Path file = this.directory.resolve("own.jfr");
		try (Recording own = new Recording()) {
			own.start();
			work.run();
			// The last event is committed before its result is emitted.
			own.stop();
			own.dump(file);
		}
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((it) -> it.getEventType().getName().equals("loopguard.LaneCall"))
			.sorted((one, other) -> one.getEndTime().compareTo(other.getEndTime()))
			.toList();
	}

	private static void endLater(CountDownLatch begun, CountDownLatch end) {
		Mono.fromRunnable(() -> await(begun))
			.subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
			.then(Mono.delay(Duration.ofMillis(60)))
			.subscribe((tick) -> end.countDown());
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
