package io.github.loopguard.bridge;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An interrupt belongs to one task: neither the worker nor the next task sees it.
 */
class LaneInterruptTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final Lane lane = this.bridge.define(LaneSpec.named("interrupts").withThreads(1));

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void interruptFlagThatASubscriberSetsIsNotSeenByTheNextTask() throws Exception {
		CountDownLatch delivered = new CountDownLatch(1);
		this.lane.call(() -> 1).subscribe((value) -> {
			Thread.currentThread().interrupt();
			delivered.countDown();
		});
		assertThat(delivered.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
		StepVerifier.create(this.lane.call(() -> {
			Thread.sleep(1);
			return Thread.currentThread().isInterrupted();
		})).expectNext(false).expectComplete().verify(SOON);
	}

	@Test
	void interruptFlagThatASubscriberSetsDoesNotKeepTheWorkerBusy() throws Exception {
		AtomicReference<Thread> worker = new AtomicReference<>();
		CountDownLatch delivered = new CountDownLatch(1);
		this.lane.call(() -> 1).subscribe((value) -> {
			worker.set(Thread.currentThread());
			Thread.currentThread().interrupt();
			delivered.countDown();
		});
		assertThat(delivered.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
		Awaitility.await().atMost(SOON).until(() -> worker.get().getState() == Thread.State.TIMED_WAITING);
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long before = threads.getThreadCpuTime(worker.get().getId());
		Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		assertThat(threads.getThreadCpuTime(worker.get().getId()) - before)
			.isLessThan(Duration.ofMillis(100).toNanos());
	}

}
