package com.example.slice;

import java.time.Duration;
import java.util.List;

import com.example.shop.Blocking;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.test.NonBlockingTest;

/**
 * Sixteen tests at once, one of which blocks. Run by a test kit.
 */
class ParallelCase {

	/**
	 * With the extension.
	 */
	@NonBlockingTest
	static class Watched {

		@ParameterizedTest(name = "{0}")
		@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 })
		void test(int number) {
			work(number);
		}

	}

	/**
	 * Without it.
	 */
	static class Unwatched {

		@ParameterizedTest(name = "{0}")
		@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 })
		void test(int number) {
			work(number);
		}

	}

	/**
	 * By way of a lane, whose threads are no scheduler's.
	 */
	@NonBlockingTest
	static class Lanes {

		private static final BlockingBridge BRIDGE = new BlockingBridge(
				List.of(LaneSpec.named("reports").withThreads(4)));

		@AfterAll
		static void close() {
			BRIDGE.close();
		}

		@ParameterizedTest(name = "{0}")
		@ValueSource(ints = { 0, 1, 2, 3 })
		void test(int number) {
			BRIDGE.lane("reports")
				.call(Blocking::read)
				.publishOn(Schedulers.parallel())
				.map((text) -> (number == 2) ? Blocking.read() : "fine")
				.delayElement(Duration.ofMillis(300))
				.block(Duration.ofSeconds(30));
		}

	}

	private static void work(int number) {
		Mono.delay(Duration.ofMillis(300))
			.publishOn(Schedulers.single())
			.map((tick) -> (number == 7) ? Blocking.read() : "fine")
			.delayElement(Duration.ofMillis(300))
			.block(Duration.ofSeconds(30));
	}

}
