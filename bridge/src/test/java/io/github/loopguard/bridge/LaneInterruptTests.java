package io.github.loopguard.bridge;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.nio.file.StandardOpenOption;
import java.nio.file.Path;
import java.nio.file.Files;
import java.nio.channels.FileChannel;
import java.nio.ByteBuffer;
import java.io.UncheckedIOException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import org.junit.jupiter.api.io.TempDir;
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

	@Test
	void subscriberThatTakesEnoughIsNotInterruptedWhileItReceives(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("taken");
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			for (Flux<Integer> source : List.of(this.bridge.iterate(() -> List.of(1, 2, 3).iterator()),
					this.bridge.<Integer>defer(() -> Flux.just(1, 2, 3)))) {
				StepVerifier.create(source.take(1).doOnComplete(() -> write(channel)))
					.expectNext(1)
					.expectComplete()
					.verify(SOON);
			}
			assertThat(channel.isOpen()).isTrue();
			assertThat(Files.size(file)).isEqualTo(2);
		}
	}

	private static void write(FileChannel channel) {
		try {
			channel.write(ByteBuffer.wrap(new byte[] { 1 }));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
