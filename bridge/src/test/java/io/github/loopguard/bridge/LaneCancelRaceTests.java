package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cancels that arrive while a lane accepts work: every permit comes back and no key is
 * stuck.
 */
class LaneCancelRaceTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge
		.define(LaneSpec.named("race").withThreads(2).withQueueCapacity(100_000).withMaxOpen(8));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void sessionCancelledOnSubscribeReturnsItsPermit() {
		for (int i = 0; i < 100; i++) {
			session().subscribe(new BaseSubscriber<>() {
				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					subscription.request(1);
					subscription.cancel();
				}
			});
			session().takeUntilOther(Mono.empty()).subscribe();
		}
		assertEverythingIsBack();
	}

	@Test
	void sessionsCancelledAtAnyTimeReturnTheirPermits() {
		Flux.range(0, 20_000)
			.flatMap((i) -> session().onErrorComplete(LaneFullException.class)
				.takeUntilOther(Mono.fromRunnable(() -> Thread.onSpinWait()).subscribeOn(Schedulers.parallel())), 16)
			.blockLast(Duration.ofMinutes(1));
		assertEverythingIsBack();
	}

	@Test
	void sessionsCancelledWhileAStepIsAddedReturnTheirPermits() throws Exception {
		ExecutorService others = Executors.newFixedThreadPool(2);
		for (int i = 0; i < 20_000; i++) {
			CompletableFuture<LaneSession<String>> opened = new CompletableFuture<>();
			Disposable use = this.lane.<String, Void>session(() -> "connection", (session) -> {
				opened.complete(session);
				return Mono.never();
			}).subscribe();
			LaneSession<String> session = opened.get(SOON.toSeconds(), TimeUnit.SECONDS);
			CyclicBarrier barrier = new CyclicBarrier(2);
			Future<?> cancelled = others.submit(() -> {
				barrier.await();
				use.dispose();
				return null;
			});
			others.submit(() -> {
				barrier.await();
				session.call((connection) -> 1).onErrorComplete().subscribe();
				return null;
			}).get(SOON.toSeconds(), TimeUnit.SECONDS);
			cancelled.get(SOON.toSeconds(), TimeUnit.SECONDS);
		}
		others.shutdown();
		assertEverythingIsBack();
	}

	@Test
	void streamsCancelledAtAnyTimeReturnTheirPermits() {
		Flux.range(0, 20_000)
			.flatMap((i) -> this.lane.iterate(() -> List.of(1, 2, 3).iterator())
				.onErrorComplete(LaneFullException.class)
				.takeUntilOther(Mono.fromRunnable(() -> Thread.onSpinWait()).subscribeOn(Schedulers.parallel())), 16)
			.blockLast(Duration.ofMinutes(1));
		assertEverythingIsBack();
	}

	@Test
	void noKeyIsStuckWhenItsCallIsCancelledAsItIsAccepted() throws Exception {
		int rounds = 30_000;
		CyclicBarrier barrier = new CyclicBarrier(2);
		Thread canceller = new Thread(() -> {
			try {
				for (int i = 0; i < rounds; i++) {
					barrier.await();
					CancelHandle.LAST.cancel();
					barrier.await();
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		canceller.start();
		AtomicInteger ran = new AtomicInteger();
		for (int i = 0; i < rounds; i++) {
			CancelHandle handle = new CancelHandle();
			CancelHandle.LAST = handle;
			Mono<Integer> ordered = this.lane.ordered("key " + i).call(ran::incrementAndGet);
			barrier.await();
			ordered.subscribe(handle);
			barrier.await();
		}
		canceller.join(SOON.toMillis());
		Flux.range(0, rounds)
			.flatMap((i) -> this.lane.ordered("key " + i).call(() -> i), 256)
			.as(StepVerifier::create)
			.expectNextCount(rounds)
			.expectComplete()
			.verify(Duration.ofMinutes(1));
	}

	private Flux<Integer> session() {
		return this.lane.session(() -> "connection", (session) -> session.call((connection) -> 1));
	}

	private void assertEverythingIsBack() {
		Awaitility.await().atMost(SOON.toSeconds(), TimeUnit.SECONDS).untilAsserted(() -> {
			LaneStatus status = this.lane.status();
			assertThat(status.open()).as("open").isZero();
			assertThat(status.active()).as("active").isZero();
			assertThat(status.queued()).as("queued").isZero();
			assertThat(status.lingering()).as("lingering").isZero();
		});
		StepVerifier.create(session()).expectNext(1).expectComplete().verify(SOON);
	}

	/**
	 * Cancels from another thread while it subscribes.
	 */
	private static final class CancelHandle extends BaseSubscriber<Integer> {

		private static volatile CancelHandle LAST;

	}

}
