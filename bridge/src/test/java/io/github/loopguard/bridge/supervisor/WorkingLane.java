package io.github.loopguard.bridge.supervisor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
		.withQueueTimeout(Duration.ofMillis(100))
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
		StepVerifier.create(lane.call(() -> 1)).expectNext(1).expectComplete().verify(SOON);
		StepVerifier.create(lane.ordered("key").call(() -> 2)).expectNext(2).expectComplete().verify(SOON);
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Mono<Void> slow = lane.run(() -> {
			running.countDown();
			awaitStubbornly(release);
		}).cache();
		slow.subscribe((nothing) -> {
		}, (error) -> {
		});
		try {
			assertThat(running.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertTimesOut(lane.run(() -> {
			}), Phase.QUEUE);
			assertTimesOut(slow, Phase.RUN);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			release.countDown();
		}
		awaitIdle(lane);
		assertThat(lane.status().problem()).isNull();
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
