package io.github.loopguard.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.netty.channel.DefaultEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BlockingBridge}.
 */
class BlockingBridgeTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void callRunsOnBoundedElasticAndEmitsTheResult() {
		StepVerifier.create(this.bridge.call(() -> Thread.currentThread().getName()))
			.assertNext((thread) -> assertThat(thread).startsWith("boundedElastic-"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void nothingHappensBeforeSubscription() {
		AtomicInteger calls = new AtomicInteger();
		Mono<Integer> call = this.bridge.call(calls::incrementAndGet);
		assertThat(calls).hasValue(0);
		StepVerifier.create(call.repeat(2)).expectNext(1, 2, 3).expectComplete().verify(SOON);
		assertThat(this.bridge.status().submitted()).isEqualTo(3);
	}

	@Test
	void nothingHappensBeforeTheFirstRequest() {
		AtomicInteger calls = new AtomicInteger();
		StepVerifier.create(this.bridge.call(calls::incrementAndGet), 0)
			.expectSubscription()
			.then(() -> assertThat(this.bridge.status().submitted()).isZero())
			.thenRequest(1)
			.expectNext(1)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aNullResultIsEmpty() {
		StepVerifier.create(this.bridge.call(() -> null)).expectComplete().verify(SOON);
	}

	@Test
	void runCompletesWithoutAValue() {
		AtomicInteger calls = new AtomicInteger();
		StepVerifier.create(this.bridge.run(calls::incrementAndGet)).expectComplete().verify(SOON);
		assertThat(calls).hasValue(1);
	}

	@Test
	void errorsOfTheWorkArriveUnwrapped() {
		IOException failure = new IOException("disk on fire");
		StepVerifier.create(this.bridge.run(() -> {
			throw failure;
		})).expectErrorSatisfies((error) -> assertThat(error).isSameAs(failure)).verify(SOON);
		assertThat(this.bridge.status().failed()).isEqualTo(1);
	}

	@Test
	void fatalErrorsArriveTooAndLeaveTheLaneUsable() {
		StepVerifier.create(this.bridge.call(() -> {
			throw new NoClassDefFoundError("gone");
		})).expectError(NoClassDefFoundError.class).verify(SOON);
		StepVerifier.create(this.bridge.call(() -> {
			throw new OutOfMemoryError("not really");
		})).expectError(OutOfMemoryError.class).verify(SOON);
		StepVerifier.create(this.bridge.call(() -> "alive")).expectNext("alive").expectComplete().verify(SOON);
	}

	@Test
	void wrapTurnsABlockingFunctionIntoAReactiveOne() {
		Function<String, Mono<Integer>> length = this.bridge.wrap(String::length);
		StepVerifier.create(Mono.just("four").flatMap(length)).expectNext(4).expectComplete().verify(SOON);
	}

	@Test
	void cpuRunsOnAPoolAsLargeAsTheMachine() {
		StepVerifier.create(this.bridge.cpu(() -> Thread.currentThread().getName()))
			.assertNext((thread) -> assertThat(thread).startsWith("lane-cpu-"))
			.expectComplete()
			.verify(SOON);
		assertThat(this.bridge.lane(BlockingBridge.CPU_LANE).status().maxThreads())
			.isEqualTo(Runtime.getRuntime().availableProcessors());
	}

	@Test
	void callIfOnLoopStaysWhereItMayBlock() {
		StepVerifier.create(this.bridge.callIfOnLoop(Thread::currentThread))
			.expectNext(Thread.currentThread())
			.expectComplete()
			.verify(SOON);
		assertThat(this.bridge.status().inPlace()).isEqualTo(1);
	}

	@Test
	void callIfOnLoopLeavesAnEventLoop() {
		StepVerifier
			.create(this.bridge.callIfOnLoop(() -> Thread.currentThread().getName()).subscribeOn(Schedulers.parallel()))
			.assertNext((thread) -> assertThat(thread).startsWith("boundedElastic-"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void callIfOnLoopLeavesAnEventLoopOnAPlainThread() throws Exception {
		assertThat(threadOfCallOn(new DefaultEventLoopGroup(1, (ThreadFactory) Thread::new)))
			.startsWith("boundedElastic-");
	}

	@Test
	void callIfOnLoopStaysInAPoolForBlockingHandlers() throws Exception {
		assertThat(threadOfCallOn(new DefaultEventExecutorGroup(1))).startsWith("defaultEventExecutorGroup-");
	}

	@Test
	void callIfOnLoopAsksWhoeverKnowsMore() throws Exception {
		EventLoopThreads.recognizedBy(() -> Thread.currentThread().getName().startsWith("defaultEventExecutorGroup-"));
		try {
			assertThat(threadOfCallOn(new DefaultEventExecutorGroup(1))).startsWith("boundedElastic-");
		}
		finally {
			EventLoopThreads.recognizedBy(null);
		}
	}

	private String threadOfCallOn(EventExecutorGroup executor) throws Exception {
		try {
			return executor.submit(() -> this.bridge.callIfOnLoop(() -> Thread.currentThread().getName()).toFuture())
				.get()
				.get(10, TimeUnit.SECONDS);
		}
		finally {
			executor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	@Test
	void aLaneRunsOnItsOwnThreads() {
		this.bridge.define(LaneSpec.named("reports").withThreads(2));
		StepVerifier.create(this.bridge.lane("reports").call(() -> Thread.currentThread().getName()))
			.assertNext((thread) -> assertThat(thread).startsWith("lane-reports-"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aLaneNamedDefaultReplacesBoundedElastic() {
		this.bridge.define(LaneSpec.named("default").withThreads(1));
		StepVerifier.create(this.bridge.call(() -> Thread.currentThread().getName()))
			.expectNext("lane-default-1")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void anUnknownLaneIsNamedTogetherWithTheKnownOnes() {
		assertThatExceptionOfType(UnknownLaneException.class).isThrownBy(() -> this.bridge.lane("nope"))
			.withMessageContaining("'nope'")
			.withMessageContaining("[cpu, default]")
			.withMessageContaining("loopguard.bridge.lanes.nope.threads");
	}

	@Test
	void aBridgeReopenedWhileItClosesStaysOpen() {
		Lane lane = this.bridge.define(LaneSpec.named("reopened").withThreads(1));
		CountDownLatch release = new CountDownLatch(1);
		lane.run(release::await).subscribe();
		AtomicBoolean closed = new AtomicBoolean();
		this.bridge.closeGracefully(SOON).doFinally((signal) -> closed.set(true)).subscribe();
		this.bridge.reopen();
		release.countDown();
		Awaitility.await().untilTrue(closed);
		StepVerifier.create(lane.call(() -> "open")).expectNext("open").expectComplete().verify(SOON);
	}

	@Test
	void lanesListsAllIncludingTheDefault() {
		assertThat(this.bridge.lanes()).extracting(LaneStatus::name).containsExactly("cpu", "default");
		assertThat(this.bridge.lanes()).extracting(LaneStatus::kind)
			.containsExactly(LaneKind.PLATFORM, LaneKind.BOUNDED_ELASTIC);
	}

	@Test
	void aBridgeSharedLaterConfiguresTheOneAlreadyTaken() {
		BlockingBridge early = BlockingBridge.shared();
		BlockingBridge shared = BlockingBridge.share(List.of(LaneSpec.named("late")));
		assertThat(shared).isSameAs(early).isSameAs(BlockingBridge.shared());
		assertThat(early.lane("late").name()).isEqualTo("late");
		BlockingBridge younger = BlockingBridge.share(List.of());
		assertThat(younger).isNotSameAs(early).isSameAs(BlockingBridge.shared());
		younger.close();
		assertThat(BlockingBridge.shared()).isSameAs(early);
		early.close();
		assertThat(BlockingBridge.shared()).isNotSameAs(early);
	}

}
