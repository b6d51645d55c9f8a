package io.github.loopguard.bridge.supervisor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.bridge.LaneTimeoutException.Phase;
import io.github.loopguard.bridge.OnCancel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a lane must do, whatever has happened to it before.
 */
final class WorkingLane {

	static final LaneSpec SPEC = LaneSpec.named("watched")
		.withThreads(1)
		.withQueueTimeout(Duration.ofMillis(300))
		.withRunTimeout(Duration.ofMillis(300))
		.withOnCancel(OnCancel.INTERRUPT);

	static final Duration SOON = Duration.ofSeconds(20);

	private WorkingLane() {
	}

	/**
	 * Checks that calls return, that both timeouts hold, that no permit is lost, and that
	 * the status says that all is well.
	 */
	static void check(Lane lane) {
		awaitIdle(lane);
		returns(lane);
		returns(lane.ordered("key"));
		CountDownLatch release = new CountDownLatch(1);
		try {
			Mono<Void> slow = occupy(lane, release);
			assertTimesOut(lane.run(() -> {
			}), Phase.QUEUE);
			assertTimesOut(slow, Phase.RUN);
		}
		finally {
			release.countDown();
		}
		awaitIdle(lane);
		assertThat(lane.status().problem()).isNull();
	}

	/**
	 * Checks that a call returns. One whose thread the operating system lets wait may be
	 * over its time.
	 */
	static void returns(Lane lane) {
		Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> lane.call(() -> true).block(SOON));
	}

	/**
	 * Keeps the lane's thread until it is released.
	 */
	static Mono<Void> occupy(Lane lane, CountDownLatch release) {
		CountDownLatch running = new CountDownLatch(1);
		AtomicReference<Mono<Void>> call = new AtomicReference<>();
		Awaitility.await().atMost(SOON).until(() -> {
			call.set(lane.run(() -> {
				running.countDown();
				awaitStubbornly(release);
			}).cache());
			call.get().onErrorComplete().subscribe();
			return running.await(1, TimeUnit.SECONDS);
		});
		return call.get();
	}

	private static void awaitStubbornly(CountDownLatch release) {
		while (release.getCount() > 0) {
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				// Such is code that does not react.
			}
		}
	}

	private static void assertTimesOut(Mono<Void> call, Phase phase) {
		StepVerifier.create(call).expectErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(LaneTimeoutException.class);
			assertThat(((LaneTimeoutException) error).phase()).isEqualTo(phase);
		}).verify(SOON);
	}

	private static void awaitIdle(Lane lane) {
		Awaitility.await().atMost(SOON).untilAsserted(() -> {
			LaneStatus status = lane.status();
			assertThat(status.active()).isZero();
			assertThat(status.queued()).isZero();
		});
	}

}
