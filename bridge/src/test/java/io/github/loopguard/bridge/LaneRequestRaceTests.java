package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that another thread makes while the subscription is still being set up.
 */
class LaneRequestRaceTests {

	private static final int ROUNDS = 10_000;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge
		.define(LaneSpec.named("asked").withThreads(2).withQueueCapacity(10_000).withMaxOpen(10_000));

	private final AtomicReference<Subscription> asked = new AtomicReference<>();

	private final AtomicBoolean over = new AtomicBoolean();

	private final AtomicInteger elements = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	private final AtomicInteger elsewhere = new AtomicInteger();

	@AfterEach
	void close() {
		this.over.set(true);
		this.bridge.close();
	}

	@Test
	void noRequestIsLostOrCountedTwice() {
		Thread requester = new Thread(this::request, "requester");
		requester.setDaemon(true);
		requester.start();
		List<Publisher<Integer>> sources = List.of(this.lane.call(() -> 1), this.lane.stream(() -> Stream.of(1)),
				this.lane.defer(() -> Flux.range(1, 1)),
				this.lane.session(() -> 1, (session) -> session.call((one) -> one)),
				Mono.from(this.lane.call(() -> 1)));
		for (int i = 0; i < ROUNDS; i++) {
			sources.get(i % sources.size()).subscribe(new Asking());
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.ended).hasValue(ROUNDS));
		assertThat(this.elements).hasValue(ROUNDS);
		assertThat(this.elsewhere).hasValue(0);
	}

	private void request() {
		while (!this.over.get()) {
			Subscription subscription = this.asked.getAndSet(null);
			if (subscription != null) {
				subscription.request(2);
			}
		}
	}

	private final class Asking extends BaseSubscriber<Integer> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			while (!LaneRequestRaceTests.this.asked.compareAndSet(null, subscription)) {
				Thread.onSpinWait();
			}
		}

		@Override
		protected void hookOnNext(Integer element) {
			LaneRequestRaceTests.this.elements.incrementAndGet();
			if (!Thread.currentThread().getName().startsWith("lane-asked-")) {
				LaneRequestRaceTests.this.elsewhere.incrementAndGet();
			}
		}

		@Override
		protected void hookOnComplete() {
			LaneRequestRaceTests.this.ended.incrementAndGet();
		}

	}

}
