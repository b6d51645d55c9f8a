package io.github.loopguard.bridge;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BlockingBridge#beginCommit()}, and for code that must not be
 * interrupted.
 */
class LaneProtectedTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge
		.define(LaneSpec.named("protected").withThreads(1).withOnCancel(OnCancel.INTERRUPT));

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch goOn = new CountDownLatch(1);

	private final CompletableFuture<String> ended = new CompletableFuture<>();

	@AfterEach
	void close() {
		this.goOn.countDown();
		this.bridge.close();
	}

	@Test
	void aStreamThatCommitsEmitsItsElements() {
		StepVerifier.create(this.lane.iterate(() -> reading(() -> BlockingBridge.beginCommit())))
			.expectNext(true, true)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aStreamWhoseNestedCallsCommitEmitsItsElements() {
		StepVerifier
			.create(this.lane.iterate(
					() -> reading(() -> this.lane.call(BlockingBridge::beginCommit).blockOptional(SOON).orElseThrow())))
			.expectNext(true, true)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aDeferredSourceThatCommittedEmitsItsElements() {
		StepVerifier.create(this.lane.defer(() -> {
			BlockingBridge.beginCommit();
			return Flux.just(1, 2);
		})).expectNext(1, 2).expectComplete().verify(SOON);
	}

	@Test
	void whatFollowsANestedCommitCanBeInterrupted() throws Exception {
		Disposable call = this.lane.run(() -> {
			this.lane.call(BlockingBridge::beginCommit).block(SOON);
			work();
		}).subscribe();
		this.begun.await();
		call.dispose();
		assertThat(this.ended.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("interrupted");
	}

	@Test
	void aCommitThatHangsExceedsTheRunTimeout() {
		Lane limited = this.bridge
			.define(LaneSpec.named("limited").withThreads(1).withRunTimeout(Duration.ofMillis(50)));
		StepVerifier.create(limited.run(() -> {
			BlockingBridge.beginCommit();
			work();
		})).expectError(LaneTimeoutException.class).verify(SOON);
	}

	@Test
	void aCommitIsNotInterruptedWhenTheBridgeCloses() throws Exception {
		this.lane.run(() -> {
			BlockingBridge.beginCommit();
			work();
		}).onErrorComplete().subscribe();
		this.begun.await();
		assertNotInterruptedByClose();
	}

	@Test
	void aCommitThatIsCancelledIsNotInterruptedWhenTheBridgeCloses() throws Exception {
		Disposable call = this.lane.run(() -> {
			BlockingBridge.beginCommit();
			work();
		}).subscribe();
		this.begun.await();
		call.dispose();
		assertNotInterruptedByClose();
	}

	@Test
	void aSubscriberIsNotInterruptedWhenTheBridgeCloses() throws Exception {
		this.lane.iterate(() -> List.of(1).iterator()).onErrorComplete().subscribe((element) -> work());
		this.begun.await();
		assertNotInterruptedByClose();
	}

	private void assertNotInterruptedByClose() throws Exception {
		this.bridge.close();
		this.goOn.countDown();
		assertThat(this.ended.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("finished");
	}

	private void work() {
		this.begun.countDown();
		try {
			this.goOn.await();
			this.ended.complete("finished");
		}
		catch (InterruptedException ex) {
			this.ended.complete("interrupted");
		}
	}

	private static Iterator<Boolean> reading(Supplier<Boolean> read) {
		Iterator<Integer> source = List.of(1, 2).iterator();
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return source.hasNext();
			}

			@Override
			public Boolean next() {
				source.next();
				return read.get();
			}

		};
	}

}
