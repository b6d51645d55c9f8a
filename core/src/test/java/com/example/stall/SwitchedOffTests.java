package com.example.stall;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.loopguard.detect.loop.LoopMonitorSettings;
import io.github.loopguard.detect.loop.LoopStall;
import io.github.loopguard.detect.loop.LoopState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A turn during which the loop monitor is switched off, and on again, is one turn.
 */
class SwitchedOffTests {

	private static final LoopMonitorSettings OFF = new LoopMonitorSettings(false, Duration.ofMillis(100), Map.of(),
			Duration.ZERO, 1_000);

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2,
			new DefaultThreadFactory("switched", true), NioIoHandler.newFactory());

	private final EventLoop stuck = this.group.next();

	private final EventLoop idle = this.group.next();

	private final CountDownLatch end = new CountDownLatch(1);

	@AfterEach
	void shutDown() {
		this.end.countDown();
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void stallIsOverWhenItIsOverAndCountedOnce() {
		try (Monitored monitored = new Monitored()) {
			String name = name(this.stuck);
			String other = name(this.idle);
			monitored.awaitWatched(name);
			monitored.awaitWatched(other);
			this.stuck.execute(() -> Work.await(this.end));
			Awaitility.await().until(() -> monitored.state(name) == LoopState.State.STALLED);
			monitored.monitor.configure(OFF);
			Awaitility.await().until(() -> monitored.state(other) == null);
			assertThat(stalls(monitored)).noneMatch(LoopStall::over);
			monitored.monitor.configure(Monitored.AT_ONCE);
			monitored.awaitWatched(other);
			assertThat(stalls(monitored)).singleElement().matches((stall) -> !stall.over());
			this.end.countDown();
			Awaitility.await().until(() -> stalls(monitored).stream().allMatch(LoopStall::over));
			assertThat(stalls(monitored)).hasSize(1);
			assertThat(monitored.monitor.stalls("switched")).isEqualTo(1);
			assertThat(monitored.loop(name).turnsOverThreshold()).isEqualTo(1);
		}
	}

	@Test
	void nothingIsWatchedAnyMoreWhenItIsOver() {
		try (Monitored monitored = new Monitored()) {
			String name = name(this.stuck);
			monitored.awaitWatched(name);
			this.stuck.execute(() -> Work.await(this.end));
			Awaitility.await().until(() -> monitored.state(name) == LoopState.State.STALLED);
			monitored.monitor.configure(OFF);
			this.end.countDown();
			Awaitility.await().until(() -> monitored.monitor.loops().isEmpty());
			assertThat(stalls(monitored)).singleElement().matches(LoopStall::over);
		}
	}

	private static List<LoopStall> stalls(Monitored monitored) {
		return monitored.monitor.stalls().stream().filter((stall) -> stall.loop().startsWith("switched-")).toList();
	}

	private static String name(EventLoop loop) {
		return CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), loop)
			.orTimeout(60, TimeUnit.SECONDS)
			.join();
	}

}
