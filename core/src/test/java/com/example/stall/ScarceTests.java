package com.example.stall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.github.loopguard.detect.loop.LoopState.Cause;
import io.github.loopguard.detect.loop.LoopState.Turn;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event loop that does not compute may lack a CPU, or wait for the JVM itself.
 */
class ScarceTests {

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("scarce", true), NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	@AfterEach
	void shutDown() {
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void codeThatComputesForLessThanTheThresholdIsNotAccusedOfAMachineThatIsBusy() {
		long steps = Work.stepsOf(50);
		try (Monitored monitored = new Monitored(); Hogs hogs = new Hogs()) {
			monitored.awaitWatched(name());
			hogs.start();
			Awaitility.await().untilAsserted(() -> {
				Monitored.run(this.loop, () -> {
					Work.compute(steps);
					return null;
				});
				assertThat(monitored.loop(name()).longest()).extracting(Turn::cause).isEqualTo(Cause.STARVED);
			});
			assertThat(monitored.ledger.violations()).isEmpty();
		}
	}

	/**
	 * Writing to a connection that does not block is native code, too.
	 */
	@Test
	@EnabledOnOs(OS.LINUX)
	void nativeCodeThatGetsNoCpuIsNotAccusedOfAMachineThatIsBusy() {
		int bytes = Work.bytesOf(40);
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			try (Monitored monitored = new Monitored(); Hogs hogs = new Hogs()) {
				monitored.awaitWatched(name());
				hogs.start();
				Monitored.run(this.loop, () -> {
					Work.deflate(bytes);
					return null;
				});
				Awaitility.await().until(() -> monitored.loop(name()).longest() != null);
				assertThat(monitored.loop(name()).longest()).extracting(Turn::cause).isEqualTo(Cause.STARVED);
				assertThat(monitored.ledger.violations()).isEmpty();
			}
		});
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void waitingForAClassThatAnotherThreadInitializesIsFound() throws InterruptedException {
		try (Monitored monitored = new Monitored()) {
			monitored.awaitWatched(name());
			Work.beginToInitialize();
			Monitored.run(this.loop, () -> {
				Work.initialize();
				return null;
			});
			assertThat(monitored.violation("initialize")).isNotNull()
				.satisfies((violation) -> assertThat(violation.rule()).isEqualTo("loop-stall"));
		}
	}

	private String name() {
		CompletableFuture<String> name = new CompletableFuture<>();
		this.loop.execute(() -> name.complete(Thread.currentThread().getName()));
		return name.orTimeout(60, TimeUnit.SECONDS).join();
	}

	/**
	 * Threads that keep all CPUs busy.
	 */
	private static final class Hogs implements AutoCloseable {

		private final List<Thread> threads = new ArrayList<>();

		private volatile boolean closed;

		void start() {
			for (int i = 0; i < 6 * Runtime.getRuntime().availableProcessors(); i++) {
				Thread thread = new Thread(() -> {
					while (!this.closed) {
						Work.result++;
					}
				}, "hog-" + i);
				thread.setDaemon(true);
				thread.start();
				this.threads.add(thread);
			}
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
