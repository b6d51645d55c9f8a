package com.example.slice;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import com.example.shop.Blocking;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mockito.BDDMockito;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.test.NonBlockingTest;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests whose blocking is hard to tie to them. Run by a test kit.
 */
final class AttributionCases {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private AttributionCases() {
	}

	/**
	 * Blocks when the next test runs.
	 */
	@NonBlockingTest
	@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
	static class Late {

		private static CompletableFuture<String> pending = new CompletableFuture<>();

		@Test
		@Order(1)
		void blocksLate() {
			pending = Blocking.later(Duration.ofMillis(600));
		}

		@Test
		@Order(2)
		void innocent() throws Exception {
			pending.get(30, TimeUnit.SECONDS);
		}

	}

	/**
	 * Blocks before its tests.
	 */
	@NonBlockingTest
	static class Around {

		@BeforeAll
		static void prepare() {
			Blocking.plain().subscribeOn(Schedulers.parallel()).block(PATIENCE);
		}

		@Test
		void innocent() {
		}

	}

	/**
	 * Blocks a Netty event loop, which knows nothing of tests.
	 */
	@NonBlockingTest
	static class Netty {

		private static final EventLoop LOOP = new DefaultEventLoop();

		@AfterAll
		static void stop() {
			LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}

		@Test
		void blocks() throws Exception {
			LOOP.submit(Blocking::read).get(30, TimeUnit.SECONDS);
		}

		@Test
		void innocent() throws Exception {
			LOOP.submit(() -> "fine").get(30, TimeUnit.SECONDS);
		}

	}

	/**
	 * Fails for another reason, too.
	 */
	static class Failing {

		@Test
		@NonBlockingTest
		void failsAndBlocks() {
			Blocking.onErrorReturn().subscribeOn(Schedulers.parallel()).block(PATIENCE);
			throw new IllegalStateException("the failure of its own");
		}

		@Test
		void blocksButIsNotWatched() {
			Blocking.plain().subscribeOn(Schedulers.parallel()).block(PATIENCE);
		}

	}

	/**
	 * Only the harness blocks.
	 */
	@NonBlockingTest
	static class Harness {

		@Test
		void callsMockOnLoop() {
			Appendable mock = mock();
			Mono.fromCallable(() -> mock.append("text"))
				.then(Mono.fromSupplier(() -> BDDMockito.mock(Comparable.class)))
				.subscribeOn(Schedulers.parallel())
				.block(PATIENCE);
		}

		@Test
		void answerThatBlocks() throws IOException {
			Appendable mock = mock();
			given(mock.append("text")).willAnswer((invocation) -> {
				Blocking.read();
				return mock;
			});
			Mono.fromCallable(() -> mock.append("text")).subscribeOn(Schedulers.parallel()).block(PATIENCE);
		}

	}

}
