package com.example.threads;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.blockhound.BlockHound;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.extension.Extensions;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads that a user says are event loops, and those that were there before Loopguard.
 */
class UserThreadsTests {

	private static final EventLoopGroup BORN_BEFORE = new MultiThreadIoEventLoopGroup(1, (ThreadFactory) Thread::new,
			NioIoHandler.newFactory());

	private static final NioEventLoopGroup RELOCATED_BORN_BEFORE = new NioEventLoopGroup(1);

	@BeforeAll
	static void install() throws Exception {
		BORN_BEFORE.submit(() -> "running").get();
		RELOCATED_BORN_BEFORE.submit(() -> "running").get();
		BlockHound.builder()
			.loadIntegrations()
			.nonBlockingThreadPredicate((others) -> others.or((thread) -> thread.getName().equals("late")))
			.install();
		Loopguard.instance()
			.install(ApplicationPackages.of(List.of("com.example")),
					Extensions.builder().eventLoopThreads("named-*").build(), true);
	}

	@Test
	void loopsThatWereBornBeforeTheInstallationAreWatched() throws Exception {
		Callable<BitSet> probe = () -> HookProbe.run(UserThreadsTests::sleep);
		assertThat(BORN_BEFORE.submit(probe).get().isEmpty()).isFalse();
		assertThat(RELOCATED_BORN_BEFORE.submit(probe).get().isEmpty()).isFalse();
	}

	@Test
	void aPredicateThatABuilderGotAfterTheIntegrationsCounts() throws Exception {
		assertThat(on("late", () -> HookProbe.run(UserThreadsTests::sleep)).isEmpty()).isFalse();
		assertThat(on("late", EventLoops::isCurrent)).isTrue();
		assertThat(on("other", EventLoops::isCurrent)).isFalse();
	}

	static Stream<ExecutorService> pools() {
		return Stream.of(Executors.newFixedThreadPool(1, (task) -> new Thread(task, "named-fixed")),
				Executors.newCachedThreadPool((task) -> new Thread(task, "named-cached")),
				Executors.newSingleThreadScheduledExecutor((task) -> new Thread(task, "named-scheduled")),
				new ForkJoinPool(1, (pool) -> {
					ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
					thread.setName("named-fork-join");
					return thread;
				}, null, true));
	}

	@ParameterizedTest
	@MethodSource("pools")
	void aNamedPoolIsWatchedWhileItWorksAndNotWhileItIsIdle(ExecutorService pool) throws Exception {
		AtomicReference<Thread> worker = new AtomicReference<>();
		for (int i = 0; i < 3; i++) {
			assertThat(pool.submit(() -> {
				worker.set(Thread.currentThread());
				return HookProbe.run(UserThreadsTests::sleep);
			}).get().isEmpty()).isFalse();
			await().until(() -> worker.get().getState() == Thread.State.WAITING
					|| worker.get().getState() == Thread.State.TIMED_WAITING);
		}
		assertThat(Loopguard.instance().ledger().violations())
			.filteredOn((violation) -> violation.threads().contains(worker.get().getName()))
			.extracting(Violation::api)
			.isEmpty();
	}

	private static BitSet sleep() throws InterruptedException {
		Thread.sleep(1);
		return new BitSet();
	}

	private static <T> T on(String threadName, Callable<T> call) throws Exception {
		CompletableFuture<T> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				result.complete(call.call());
			}
			catch (Exception ex) {
				result.completeExceptionally(ex);
			}
		}, threadName).start();
		return result.get();
	}

}
