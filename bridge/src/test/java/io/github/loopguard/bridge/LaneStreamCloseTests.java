package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The closing of a stream whose subscriber cancelled is work of the lane like the
 * reading.
 */
class LaneStreamCloseTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final CountDownLatch reading = new CountDownLatch(1);

	private final CountDownLatch cancelled = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@ParameterizedTest
	@EnumSource
	void itMayWaitForTheLane(OnCancel onCancel) throws Exception {
		Lane lane = this.bridge
			.define(LaneSpec.named("single").withThreads(1).withQueueTimeout(null).withOnCancel(onCancel));
		CompletableFuture<String> closed = new CompletableFuture<>();
		AutoCloseable cursor = () -> closed.complete(lane.call(() -> "in place").block(SOON));
		readUntilCancelled(lane, cursor).dispose();
		this.cancelled.countDown();
		assertThat(closed.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("in place");
	}

	@ParameterizedTest
	@EnumSource
	void itMayWaitForTheLaneWhenTheSubscriberHasEnough(OnCancel onCancel) throws Exception {
		Lane lane = this.bridge
			.define(LaneSpec.named("single").withThreads(1).withQueueTimeout(null).withOnCancel(onCancel));
		CompletableFuture<String> closed = new CompletableFuture<>();
		AutoCloseable cursor = () -> closed.complete(lane.call(() -> "in place").block(SOON));
		Flux<Integer> endless = lane.stream(() -> cursor, (open) -> true, (open) -> 1);
		endless.take(1).blockLast(SOON);
		assertThat(closed.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("in place");
	}

	@ParameterizedTest
	@EnumSource
	void itKeepsToTheOrderOfItsKey(OnCancel onCancel) throws Exception {
		Lane lane = this.bridge.define(LaneSpec.named("two").withThreads(2).withOnCancel(onCancel)).ordered("key");
		CountDownLatch closing = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> between = new CompletableFuture<>();
		Disposable stream = readUntilCancelled(lane, () -> {
			closing.countDown();
			release.await(SOON.toSeconds(), TimeUnit.SECONDS);
			closed.countDown();
		});
		lane.run(() -> {
			closing.await();
			between.complete(closed.getCount() != 0);
			release.countDown();
		}).subscribe();
		stream.dispose();
		this.cancelled.countDown();
		closing.await();
		// The other thread is idle: work that does not keep to the order is done by now.
		lane.ordered("other").run(() -> {
		}).block(SOON);
		release.countDown();
		assertThat(between.get(SOON.toSeconds(), TimeUnit.SECONDS)).isFalse();
	}

	private Disposable readUntilCancelled(Lane lane, AutoCloseable cursor) throws Exception {
		Disposable stream = lane.stream(() -> cursor, (open) -> {
			this.reading.countDown();
			while (this.cancelled.getCount() != 0) {
				Thread.onSpinWait();
			}
			return true;
		}, (open) -> 1).subscribe();
		this.reading.await();
		return stream;
	}

}
