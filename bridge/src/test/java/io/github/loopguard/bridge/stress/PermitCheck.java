package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that all permits of an idle lane are back: fills it exactly.
 */
final class PermitCheck {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final StressLane lane;

	private final LaneSpec spec;

	/**
	 * Whether a call may end by itself, so that there is room for another.
	 */
	private final boolean limited;

	PermitCheck(StressLane lane) {
		this.lane = lane;
		this.spec = lane.spec;
		this.limited = this.spec.limits().queueTimeout() != null || this.spec.limits().runTimeout() != null;
	}

	void run() {
		fillCalls();
		fillOpen();
	}

	private void fillCalls() {
		Awaitility.await().atMost(SOON).untilAsserted(this.lane::assertIdle);
		CountDownLatch release = new CountDownLatch(1);
		Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
		try {
			for (int i = 0; i < this.spec.limits().threads() + this.spec.limits().queueCapacity(); i++) {
				blocked(release).subscribe(null, errors::add);
			}
			assertThat(errors).as("filling %s", this.lane).doesNotHaveAnyElementsOfTypes(LaneFullException.class);
			if (!this.limited) {
				blocked(release).subscribe(null, errors::add);
				assertThat(errors).as("one more than fits %s", this.lane)
					.hasSize(1)
					.hasOnlyElementsOfType(LaneFullException.class);
			}
		}
		finally {
			release.countDown();
		}
	}

	private Mono<Void> blocked(CountDownLatch release) {
		return this.lane.lane.run(release::await);
	}

	private void fillOpen() {
		Awaitility.await().atMost(SOON).untilAsserted(this.lane::assertIdle);
		List<Disposable> open = new ArrayList<>();
		Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
		try {
			for (int i = 0; i < this.spec.limits().maxOpen(); i++) {
				open.add(openStream(errors));
			}
			assertThat(errors).as("opening in %s", this.lane).doesNotHaveAnyElementsOfTypes(LaneFullException.class);
			if (!this.limited) {
				open.add(openStream(errors));
				assertThat(errors).as("one more open than %s allows", this.lane)
					.hasSize(1)
					.hasOnlyElementsOfType(LaneFullException.class);
			}
		}
		finally {
			open.forEach(Disposable::dispose);
		}
	}

	/**
	 * Opens a stream, reads its first element and leaves it open.
	 */
	private Disposable openStream(Queue<Throwable> errors) {
		CountDownLatch answered = new CountDownLatch(1);
		Disposable subscription = this.lane.lane.iterate(() -> List.of(1, 2, 3).iterator())
			.doOnError(errors::add)
			.onErrorResume((error) -> Flux.just(0).concatWith(Flux.never()))
			.doOnNext((element) -> answered.countDown())
			.limitRate(1)
			.concatMap((element) -> Flux.never(), 1)
			.subscribe();
		Awaitility.await().atMost(SOON).until(() -> answered.getCount() == 0);
		// The thread that emitted the element is free again.
		Awaitility.await().atMost(SOON).until(() -> this.lane.lane.status().active() == 0);
		return subscription;
	}

}
