package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the limits of a lane.
 */
class LaneLimitTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.release.countDown();
		this.bridge.close();
	}

	@Test
	void aFullLaneRejectsAtOnceAndNamesTheLimit() {
		Lane lane = this.bridge.define(LaneSpec.named("small").withThreads(1).withQueueCapacity(1));
		CountDownLatch running = new CountDownLatch(1);
		occupy(lane, running);
		lane.call(() -> 1).onErrorComplete().subscribe();
		StepVerifier.create(lane.call(() -> 2)).expectErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(LaneFullException.class)
				.hasMessageContaining("'small'")
				.hasMessageContaining("1 calls run and 1 wait");
			LaneFullException full = (LaneFullException) error;
			assertThat(full.lane()).isEqualTo("small");
			assertThat(full.status().maxThreads()).isEqualTo(1);
			assertThat(full.status().queueCapacity()).isEqualTo(1);
			assertThat(full.status().queued()).isEqualTo(1);
			assertThat(full.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
		}).verify(SOON);
		assertThat(lane.status().rejected()).isEqualTo(1);
	}

	@Test
	void aCancelledQueuedCallReleasesItsPermit() {
		Lane lane = this.bridge.define(LaneSpec.named("small").withThreads(1).withQueueCapacity(1));
		occupy(lane, new CountDownLatch(1));
		for (int i = 0; i < 1000; i++) {
			lane.call(() -> 1).subscribe().dispose();
		}
		assertThat(lane.status().queued()).isZero();
		assertThat(lane.status().cancelled()).isEqualTo(1000);
		assertThat(lane.status().rejected()).isZero();
		List<Integer> results = new ArrayList<>();
		lane.call(() -> 2).subscribe(results::add);
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(results).containsExactly(2));
	}

	@Test
	void anAbandonedCallKeepsItsPermitUntilItEnds() {
		Lane lane = this.bridge.define(LaneSpec.named("slow")
			.withThreads(1)
			.withRunTimeout(Duration.ofMillis(200))
			.withQueueTimeout(Duration.ofSeconds(1))
			.withOnCancel(OnCancel.ABANDON));
		StepVerifier.create(lane.run(this::awaitStubbornly)).expectErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(LaneTimeoutException.class).hasMessageContaining("run-timeout");
			assertThat(((LaneTimeoutException) error).phase()).isEqualTo(LaneTimeoutException.Phase.RUN);
		}).verify(SOON);
		assertThat(lane.status().active()).isEqualTo(1);
		assertThat(lane.status().abandoned()).isEqualTo(1);
		assertThat(lane.status().lingering()).isEqualTo(1);
		StepVerifier.create(lane.call(() -> 1)).expectErrorSatisfies((error) -> {
			assertThat(error).isInstanceOf(LaneTimeoutException.class).hasMessageContaining("queue-timeout");
			assertThat(((LaneTimeoutException) error).phase()).isEqualTo(LaneTimeoutException.Phase.QUEUE);
		}).verify(SOON);
		assertThat(lane.status().timedOut()).isEqualTo(2);
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
		assertThat(lane.status().lingering()).isZero();
		StepVerifier.create(lane.call(() -> 2)).expectNext(2).expectComplete().verify(SOON);
	}

	@Test
	void aRunTimeoutInterruptsInALaneThatInterrupts() {
		Lane lane = this.bridge.define(LaneSpec.named("polite")
			.withThreads(1)
			.withRunTimeout(Duration.ofMillis(50))
			.withOnCancel(OnCancel.INTERRUPT));
		AtomicReference<Throwable> seen = new AtomicReference<>();
		StepVerifier.create(lane.run(() -> {
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				seen.set(ex);
				throw ex;
			}
		})).expectError(LaneTimeoutException.class).verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
		assertThat(seen.get()).isInstanceOf(InterruptedException.class);
		assertThat(lane.status().abandoned()).isZero();
	}

	@Test
	void aSwallowedInterruptKeepsTheThreadAndDoesNotReachTheNextCall() {
		Lane lane = this.bridge.define(LaneSpec.named("deaf").withThreads(1).withOnCancel(OnCancel.INTERRUPT));
		CountDownLatch running = new CountDownLatch(1);
		Disposable call = lane.run(() -> {
			running.countDown();
			awaitStubbornly();
			Thread.currentThread().interrupt();
		}).subscribe();
		await(running);
		call.dispose();
		assertThat(lane.status().active()).isEqualTo(1);
		Mono<Boolean> next = lane.call(() -> Thread.currentThread().isInterrupted()).cache();
		next.subscribe();
		this.release.countDown();
		StepVerifier.create(next).expectNext(false).expectComplete().verify(SOON);
	}

	@Test
	void cancellingARunningCallInterruptsOrAbandonsItAsConfigured() {
		for (OnCancel onCancel : OnCancel.values()) {
			Lane lane = this.bridge.define(LaneSpec.named("cancel").withThreads(1).withOnCancel(onCancel));
			CountDownLatch running = new CountDownLatch(1);
			AtomicBoolean interrupted = new AtomicBoolean();
			CountDownLatch end = new CountDownLatch(1);
			Disposable call = lane.run(() -> {
				running.countDown();
				try {
					end.await();
				}
				catch (InterruptedException ex) {
					interrupted.set(true);
				}
			}).subscribe();
			await(running);
			call.dispose();
			assertThat(lane.status().cancelled()).isEqualTo(1);
			assertThat(lane.status().abandoned()).isEqualTo((onCancel == OnCancel.ABANDON) ? 1 : 0);
			if (onCancel == OnCancel.ABANDON) {
				assertThat(lane.status().active()).isEqualTo(1);
				end.countDown();
			}
			Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
			assertThat(interrupted.get()).isEqualTo(onCancel == OnCancel.INTERRUPT);
		}
	}

	@Test
	void cancellingBeforeTheRequestRunsNothing() {
		AtomicBoolean ran = new AtomicBoolean();
		StepVerifier.create(this.bridge.run(() -> ran.set(true)), 0).thenCancel().verify(SOON);
		assertThat(this.bridge.status().submitted()).isZero();
		assertThat(ran).isFalse();
	}

	@Test
	void theDefaultLaneInterruptsOnCancelAsSubscribeOnDoes() {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		Disposable call = this.bridge.run(() -> {
			running.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		}).subscribe();
		await(running);
		call.dispose();
		await(interrupted);
		Awaitility.await().untilAsserted(() -> assertThat(this.bridge.status().active()).isZero());
	}

	@Test
	void aResultWithoutASubscriberIsDiscarded() {
		Lane lane = this.bridge.define(LaneSpec.named("discard").withThreads(1));
		List<String> discarded = new ArrayList<>();
		CountDownLatch running = new CountDownLatch(1);
		Disposable call = lane.call(() -> {
			running.countDown();
			this.release.await();
			return "connection";
		}).doOnDiscard(String.class, discarded::add).subscribe();
		await(running);
		call.dispose();
		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(discarded).containsExactly("connection"));
	}

	@Test
	void nestedCallsRunInPlaceSoALaneCannotWaitForItself() {
		Lane lane = this.bridge.define(LaneSpec.named("one").withThreads(1).withQueueCapacity(0));
		StepVerifier.create(lane.call(() -> lane.call(() -> lane.call(() -> 1).block(SOON)).block(SOON)))
			.expectNext(1)
			.expectComplete()
			.verify(SOON);
		assertThat(lane.status().inPlace()).isEqualTo(2);
		assertThat(lane.status().submitted()).isEqualTo(1);
	}

	@Test
	void whatFollowsAResultWaitsForAThreadLikeEveryOtherCall() {
		Lane lane = this.bridge.define(LaneSpec.named("one").withThreads(1).withQueueTimeout(Duration.ofMillis(200)));
		StepVerifier.create(lane.call(() -> 1).map((one) -> lane.call(() -> 1).block(SOON)))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(LaneTimeoutException.class)
				.extracting("phase")
				.isEqualTo(LaneTimeoutException.Phase.QUEUE))
			.verify(SOON);
		assertThat(lane.status().inPlace()).isZero();
	}

	@Test
	void nestedCallsOnTheDefaultLaneRunInPlace() {
		StepVerifier.create(this.bridge.call(() -> {
			Thread outer = Thread.currentThread();
			return this.bridge.call(() -> Thread.currentThread() == outer).block(SOON);
		})).expectNext(true).expectComplete().verify(SOON);
	}

	@Test
	void callsMadeFromAResultSpreadOverFreeThreads() {
		Lane lane = this.bridge.define(LaneSpec.named("fan-out").withThreads(4));
		CountDownLatch all = new CountDownLatch(3);
		StepVerifier.create(lane.call(() -> List.of(1, 2, 3)).flatMapIterable((list) -> list).flatMap((i) ->
		// Each waits for the others, so that they must run at the same time.
		lane.call(() -> {
			all.countDown();
			all.await();
			return i;
		}))).expectNextCount(3).expectComplete().verify(SOON);
	}

	@Test
	void theSubmittingLoopGetsTheRejectionItself() {
		Lane lane = this.bridge.define(LaneSpec.named("none").withThreads(1).withQueueCapacity(0));
		occupy(lane, new CountDownLatch(1));
		StepVerifier.create(Mono.defer(() -> {
			Thread loop = Thread.currentThread();
			return lane.call(() -> false)
				.onErrorResume(LaneFullException.class, (full) -> Mono.just(Thread.currentThread() == loop));
		}).subscribeOn(Schedulers.parallel())).expectNext(true).expectComplete().verify(SOON);
	}

	private void occupy(Lane lane, CountDownLatch running) {
		lane.run(() -> {
			running.countDown();
			awaitStubbornly();
		}).onErrorComplete().subscribe();
		await(running);
	}

	private void awaitStubbornly() {
		boolean released = false;
		while (!released) {
			try {
				this.release.await();
				released = true;
			}
			catch (InterruptedException ex) {
				// Ignores interrupts, as some drivers do.
			}
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aTimeoutThatIsTooLongToCountIsRefusedWithItsName() {
		assertThatExceptionOfType(InvalidLaneException.class)
			.isThrownBy(() -> LaneSpec.named("slow").withRunTimeout(Duration.ofDays(200_000)))
			.withMessageContaining("run-timeout");
		assertThatExceptionOfType(InvalidLaneException.class)
			.isThrownBy(() -> LaneSpec.named("slow").withKeepAlive(Duration.ofDays(200_000)))
			.withMessageContaining("keep-alive");
	}

	@Test
	void anErrorOfAnAbandonedCallGoesToTheDroppedErrors() {
		Lane lane = this.bridge.define(LaneSpec.named("abandoned").withThreads(1));
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		CountDownLatch running = new CountDownLatch(1);
		Consumer<Throwable> hook = dropped::add;
		Disposable call = lane.run(() -> {
			running.countDown();
			this.release.await();
			throw new IOException("connection lost");
		}).contextWrite((context) -> context.put("reactor.onErrorDropped.local", hook)).subscribe();
		await(running);
		call.dispose();
		this.release.countDown();
		Awaitility.await()
			.untilAsserted(() -> assertThat(dropped).singleElement()
				.extracting(Throwable::getMessage)
				.isEqualTo("connection lost"));
	}

	@Test
	void aReplacedLaneSaysThatItWasDefinedAgain() {
		Lane held = this.bridge.define(LaneSpec.named("again"));
		this.bridge.define(LaneSpec.named("again").withThreads(2));
		StepVerifier.create(held.call(() -> 1))
			.expectErrorMessage("Lane 'again' is closed, because it was defined again; "
					+ "take it from BlockingBridge.lane(\"again\") for each call.")
			.verify(SOON);
		assertThat(this.bridge.lane("again").call(() -> 1).block(SOON)).isEqualTo(1);
	}

	@Test
	void aLaneThatDoesNotGetOnAsksToRetryLater() {
		Lane lane = this.bridge.define(LaneSpec.named("hanging").withThreads(1).withQueueCapacity(0));
		occupy(lane, new CountDownLatch(1));
		AtomicReference<LaneFullException> full = new AtomicReference<>();
		Awaitility.await().untilAsserted(() -> {
			lane.call(() -> 1).onErrorResume(LaneFullException.class, (error) -> {
				full.set(error);
				return Mono.empty();
			}).block(SOON);
			assertThat(full.get().retryAfter()).isGreaterThan(Duration.ofSeconds(2));
		});
	}

}
