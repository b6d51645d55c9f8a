package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work of others that must run before code inside the lane can go on: it runs as it would
 * have run alone.
 */
class LaneTakeOverTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge
		.define(LaneSpec.named("single").withThreads(1).withQueueTimeout(null).withOnCancel(OnCancel.INTERRUPT));

	private final Lane ordered = this.lane.ordered("key");

	private final CountDownLatch inside = new CountDownLatch(1);

	private final CountDownLatch othersWait = new CountDownLatch(1);

	private Disposable waiting;

	/**
	 * Occupies the only thread by code that then waits behind the others of a key.
	 */
	@BeforeEach
	void waitInsideForTheKey() throws Exception {
		MDC.put("user", "the one inside");
		this.waiting = this.lane.call(() -> {
			this.inside.countDown();
			this.othersWait.await();
			return this.ordered.call(() -> "last").block(SOON);
		}).subscribe((value) -> {
		}, (error) -> {
		});
		MDC.remove("user");
		this.inside.await();
	}

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aStreamGoesOnAfterItsFirstStep() throws Exception {
		CompletableFuture<Long> elements = this.ordered.iterate(() -> IntStream.range(0, 1_000).iterator())
			.count()
			.toFuture();
		this.othersWait.countDown();
		assertThat(get(elements)).isEqualTo(1_000);
	}

	@Test
	void itRunsInItsOwnContext() throws Exception {
		CompletableFuture<String> other = this.ordered.call(() -> "user " + MDC.get("user"))
			.map((seen) -> seen + ", then " + MDC.get("user"))
			.toFuture();
		this.othersWait.countDown();
		assertThat(get(other)).isEqualTo("user null, then null");
	}

	@Test
	void itIsNeitherInterruptedNorUndoneWithTheCodeThatWaitsForIt() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		CompletableFuture<Boolean> other = this.ordered.call(() -> {
			running.countDown();
			cancelled.await();
			return !BlockingBridge.isAbandoned() && BlockingBridge.beginCommit();
		}).toFuture();
		this.othersWait.countDown();
		running.await();
		this.waiting.dispose();
		cancelled.countDown();
		assertThat(get(other)).isTrue();
	}

	@Test
	void itsSubscriberIsNotInterruptedWithTheCodeThatWaitsForIt() throws Exception {
		CountDownLatch receiving = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		CompletableFuture<Boolean> other = this.ordered.call(() -> 1).flatMap((value) -> Mono.fromCallable(() -> {
			receiving.countDown();
			return cancelled.await(SOON.toSeconds(), TimeUnit.SECONDS);
		})).toFuture();
		this.othersWait.countDown();
		receiving.await();
		this.waiting.dispose();
		cancelled.countDown();
		assertThat(get(other)).isTrue();
	}

	@Test
	void sharedWorkIsNotInterruptedWithTheCodeThatAskedForItFirst() throws Exception {
		this.othersWait.countDown();
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		LaneCache<String, String> cache = new LaneCache<>(this.lane, (key) -> {
			running.countDown();
			cancelled.await();
			return "user " + MDC.get("user");
		}, Duration.ZERO, Duration.ofHours(1));
		MDC.put("user", "the first");
		Disposable first = this.lane.call(() -> cache.get("key").block(SOON)).subscribe((value) -> {
		}, (error) -> {
		});
		MDC.remove("user");
		running.await();
		CompletableFuture<String> second = cache.get("key").toFuture();
		first.dispose();
		cancelled.countDown();
		assertThat(get(second)).isEqualTo("user null");
	}

	private static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
	}

}
