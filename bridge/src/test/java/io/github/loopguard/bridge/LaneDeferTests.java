package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Lane#defer}.
 */
class LaneDeferTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("deferred").withThreads(1));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void theSourceIsCreatedAndSubscribedToInTheLane() {
		StepVerifier.create(this.lane.defer(() -> {
			String made = Thread.currentThread().getName();
			return Mono.fromCallable(() -> made + " " + Thread.currentThread().getName());
		})).expectNext("lane-deferred-1 lane-deferred-1").expectComplete().verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().completed()).isEqualTo(1));
	}

	@Test
	void aSubscriberThatThrowsCancelsAnAsynchronousSource() {
		AtomicReference<Subscriber<? super Integer>> subscriber = new AtomicReference<>();
		AtomicBoolean cancelled = new AtomicBoolean();
		Publisher<Integer> source = (actual) -> {
			actual.onSubscribe(new Subscription() {

				@Override
				public void request(long n) {
				}

				@Override
				public void cancel() {
					cancelled.set(true);
				}

			});
			subscriber.set(actual);
		};
		this.lane.defer(() -> source).subscribe((element) -> {
			throw new InternalError("subscriber");
		});
		Awaitility.await().until(() -> subscriber.get() != null);
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> subscriber.get().onNext(1));
		assertThat(cancelled).isTrue();
	}

	@Test
	void everyElementIsRequestedInTheLaneAndNeverTooMany() {
		AtomicInteger made = new AtomicInteger();
		StepVerifier.create(this.lane.<String>defer(() -> Flux.generate((sink) -> {
			made.incrementAndGet();
			sink.next(Thread.currentThread().getName());
		})), 2)
			.expectNext("lane-deferred-1", "lane-deferred-1")
			.then(() -> assertThat(made).hasValue(2))
			.thenRequest(1)
			.expectNext("lane-deferred-1")
			.thenCancel()
			.verify(SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.lane.status().active()).isZero());
	}

	@Test
	void anAsynchronousSourceHoldsNoThreadOfTheLane() {
		StepVerifier
			.create(this.lane.defer(() -> Mono.delay(Duration.ofMillis(200), Schedulers.parallel()))
				.zipWith(this.lane.call(() -> this.lane.status().active())))
			.assertNext((both) -> assertThat(both.getT2()).isEqualTo(1))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void errorsOfTheFactoryAndOfTheSourceArrive() {
		StepVerifier.create(this.lane.defer(() -> {
			throw new IllegalStateException("cannot be made");
		})).expectErrorMessage("cannot be made").verify(SOON);
		StepVerifier.create(this.lane.defer(() -> Flux.error(new IllegalStateException("broken"))))
			.expectErrorMessage("broken")
			.verify(SOON);
	}

	@Test
	void aSubscriptionThatTakesTooLongFails() {
		Lane lane = this.bridge.define(LaneSpec.named("slow").withThreads(1).withRunTimeout(Duration.ofMillis(500)));
		CountDownLatch release = new CountDownLatch(1);
		StepVerifier.create(lane.defer(() -> Mono.fromCallable(() -> {
			release.await();
			return 1;
		}))).expectError(LaneTimeoutException.class).verify(SOON);
		assertThat(lane.status().active()).isEqualTo(1);
		release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
	}

	@Test
	void aFullLaneRejects() {
		Lane lane = this.bridge.define(LaneSpec.named("full").withThreads(1).withQueueCapacity(0));
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		lane.run(() -> {
			running.countDown();
			release.await();
		}).subscribe();
		LaneStreamTests.await(running);
		StepVerifier.create(lane.defer(() -> Mono.just(1))).expectError(LaneFullException.class).verify(SOON);
		release.countDown();
	}

	@Test
	void callsThatFollowTheElementsOfADeferredSourceRunSideBySide() {
		Lane two = this.bridge.define(LaneSpec.named("two").withThreads(2));
		CountDownLatch together = new CountDownLatch(2);
		StepVerifier.create(two.<Integer>defer(() -> Flux.range(0, 2)).flatMap((i) -> two.<Boolean>call(() -> {
			together.countDown();
			return together.await(SOON.toSeconds(), TimeUnit.SECONDS);
		}))).expectNext(true, true).expectComplete().verify(SOON.multipliedBy(3));
	}

	@Test
	void aSourceMaySignalFromACallOfTheLaneWhoseSubscriberIsGone() throws Exception {
		Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
		CompletableFuture<List<Integer>> received = this.lane.defer(sink::asFlux).collectList().toFuture();
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		Disposable call = this.lane.run(() -> {
			running.countDown();
			cancelled.await();
			sink.tryEmitNext(1);
			sink.tryEmitComplete();
		}).subscribe();
		running.await();
		call.dispose();
		cancelled.countDown();
		assertThat(received.get(SOON.toSeconds(), TimeUnit.SECONDS)).containsExactly(1);
	}

	@Test
	void aSourceThatWasMadeTooLateIsNotRead() {
		Lane lane = this.bridge.define(LaneSpec.named("slow").withThreads(1).withRunTimeout(Duration.ofMillis(50)));
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger made = new AtomicInteger();
		StepVerifier.create(lane.defer(() -> {
			release.await();
			return Flux.range(0, 1_000).doOnNext((i) -> made.incrementAndGet());
		})).expectError(LaneTimeoutException.class).verify(SOON);
		release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(lane.status().active()).isZero());
		assertThat(made).hasValue(0);
	}

}
