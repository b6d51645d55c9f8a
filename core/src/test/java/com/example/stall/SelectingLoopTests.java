package com.example.stall;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.loopguard.detect.loop.LoopState.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However many event loops wait by the JDK's selector, what holds one of them is found:
 * in a task, while it reads, and in what it runs at the end of an iteration.
 */
class SelectingLoopTests {

	@BeforeAll
	static void load() {
		Work.sleepInNativeCode(1);
	}

	static Stream<Arguments> stalls() {
		return Stream.of(1, 128)
			.flatMap((loops) -> Stream.of(Place.values())
				.flatMap((place) -> Stream.of(stall(loops, place, "park", () -> Work.park(600)),
						stall(loops, place, "hot", () -> Work.hot(600)),
						stall(loops, place, "sleepInNativeCode", () -> Work.sleepInNativeCode(900)))));
	}

	private static Arguments stall(int loops, Place place, String method, Runnable work) {
		return Arguments.of(loops, place, method, work);
	}

	@ParameterizedTest(name = "{0} loops, {1}, {2}")
	@MethodSource("stalls")
	void stallIsFound(int loops, Place place, String method, Runnable work) {
		MultiThreadIoEventLoopGroup group = group(loops);
		try (Monitored monitored = new Monitored()) {
			Executor executor = place.executor(group.next());
			group.forEach((loop) -> loop.execute(() -> {
			}));
			Callable<?> turn = () -> {
				work.run();
				return null;
			};
			Awaitility.await().untilAsserted(() -> {
				awaitIdle(monitored, loops);
				Monitored.run(executor, turn);
				assertThat(monitored.violation(method)).isNotNull();
			});
			assertThat(monitored.ledger.violations()).hasSize(1);
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void loopThatHasReplacedItsSelectorIsWatched() {
		MultiThreadIoEventLoopGroup group = group(1);
		try (Monitored monitored = new Monitored()) {
			Reading reading = Reading.on(group.next());
			awaitIdle(monitored, 1);
			group.submit(() -> replaceSelector(group.next())).syncUninterruptibly();
			Awaitility.await().untilAsserted(() -> {
				awaitIdle(monitored, 1);
				Monitored.run(reading, () -> {
					Work.park(600);
					return null;
				});
				assertThat(monitored.violation("park")).isNotNull();
			});
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	private static void replaceSelector(IoEventLoop loop) {
		try {
			Field handler = SingleThreadIoEventLoop.class.getDeclaredField("ioHandler");
			handler.setAccessible(true);
			Method replace = NioIoHandler.class.getDeclaredMethod("rebuildSelector0");
			replace.setAccessible(true);
			replace.invoke(handler.get(loop));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void closingAConnectionWhileTheLoopEndsIsFound() {
		MultiThreadIoEventLoopGroup group = group(1);
		try (Monitored monitored = new Monitored()) {
			Reading.on(group.next()).beforeClosing(() -> Work.park(600));
			awaitIdle(monitored, 1);
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
			assertThat(monitored.violation("park")).isNotNull();
		}
	}

	private static MultiThreadIoEventLoopGroup group(int loops) {
		return new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("selecting", true),
				NioIoHandler.newFactory());
	}

	/**
	 * Some tick at any time, once a second each.
	 */
	private static void awaitIdle(Monitored monitored, int loops) {
		Awaitility.await()
			.until(() -> monitored.monitor.loops().stream().filter((loop) -> loop.state() == State.IDLE).count() >= 0.9
					* loops);
	}

	enum Place {

		IN_A_TASK((loop) -> loop),

		WHILE_IT_READS(Reading::on),

		AT_THE_END_OF_AN_ITERATION((loop) -> ((SingleThreadEventLoop) loop)::executeAfterEventLoopIteration);

		private final Function<IoEventLoop, Executor> executor;

		Place(Function<IoEventLoop, Executor> executor) {
			this.executor = executor;
		}

		Executor executor(IoEventLoop loop) {
			return this.executor.apply(loop);
		}

	}

}
