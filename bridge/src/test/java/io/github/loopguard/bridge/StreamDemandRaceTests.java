package io.github.loopguard.bridge;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that arrive while the elements requested before are emitted: a stream emits no
 * more than was requested.
 */
class StreamDemandRaceTests {

	private static final int STREAMS = 16;

	private static final int ELEMENTS = 50_000;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("race").withThreads(STREAMS));

	private final AtomicInteger beyond = new AtomicInteger();

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aStreamEmitsNoMoreThanIsRequested() throws Exception {
		CountDownLatch ended = new CountDownLatch(STREAMS);
		for (int i = 0; i < STREAMS; i++) {
			this.lane.stream(() -> IntStream.range(0, ELEMENTS).boxed()).subscribe(new Requester(ended));
		}
		assertThat(ended.await(2, TimeUnit.MINUTES)).isTrue();
		assertThat(this.beyond).as("elements beyond the demand").hasValue(0);
	}

	/**
	 * Requests the next element from another thread while it receives one.
	 */
	private final class Requester extends BaseSubscriber<Integer> {

		private final AtomicInteger demand = new AtomicInteger();

		private final CountDownLatch ended;

		Requester(CountDownLatch ended) {
			this.ended = ended;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			requestOne();
		}

		@Override
		protected void hookOnNext(Integer element) {
			if (this.demand.decrementAndGet() < 0) {
				StreamDemandRaceTests.this.beyond.incrementAndGet();
			}
			Schedulers.parallel().schedule(this::requestOne);
		}

		private void requestOne() {
			this.demand.incrementAndGet();
			request(1);
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.ended.countDown();
		}

	}

}
