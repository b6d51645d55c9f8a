package io.github.loopguard.bridge.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneTimer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever is thrown at any step of a lane's threads: afterwards calls return, timeouts
 * hold, and no permit is lost.
 */
class BridgeSupervisorTests {

	private final BlockingBridge bridge = new BlockingBridge(List.of(WorkingLane.SPEC));

	private final Lane lane = this.bridge.lane("watched");

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.loopguard.bridge");

	private final AtomicBoolean throwing = new AtomicBoolean(true);

	@AfterEach
	void close() {
		this.logger.getLoggerContext().resetTurboFilterList();
		ContextRegistry.getInstance().removeThreadLocalAccessor("supervisor");
		this.bridge.close();
	}

	@ParameterizedTest
	@EnumSource
	void errorEndsNothingButTheCall(Step step) {
		step.fail(this.lane);
		WorkingLane.check(this.lane);
	}

	@ParameterizedTest
	@EnumSource
	void errorOfTheLoggerEndsNothingEither(Step step) {
		throwFromLoggers();
		step.fail(this.lane);
		WorkingLane.check(this.lane);
	}

	@ParameterizedTest
	@EnumSource
	void errorOfAMeterCostsOnlyTheTimes(Times times) {
		this.bridge.measure("watched", times.timer(this.throwing));
		WorkingLane.returns(this.lane);
		await().atMost(WorkingLane.SOON)
			.untilAsserted(() -> assertThat(this.lane.status().problem()).isEqualTo("the time that calls " + times.verb
					+ " is not measured because of java.lang.InternalError: meter"));
		StepVerifier.create(this.lane.run(() -> new CountDownLatch(1).await())).expectError().verify(WorkingLane.SOON);
		this.throwing.set(false);
		WorkingLane.check(this.lane);
	}

	@Test
	void errorOfAThreadLocalIsTheOutcomeOfTheCall() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(new FailingAccessor(this.throwing));
		Mono<Integer> call = this.lane.call(() -> 1).contextWrite((context) -> context.put("supervisor", "value"));
		StepVerifier.create(call).expectErrorMessage("accessor").verify(WorkingLane.SOON);
		CountDownLatch release = new CountDownLatch(1);
		Mono<Integer> waiting = this.lane.call(() -> 2).contextWrite((context) -> context.put("supervisor", "value"));
		this.throwing.set(false);
		WorkingLane.occupy(this.lane, release);
		StepVerifier.create(waiting)
			.then(() -> this.throwing.set(true))
			.expectErrorMatches((error) -> error.getMessage().contains("queue-timeout"))
			.verify(WorkingLane.SOON);
		release.countDown();
		this.throwing.set(false);
		WorkingLane.check(this.lane);
	}

	@Test
	void fullHeapThatIsFreedLeavesALaneThatWorks() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				FullHeap.class.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains("The lane works");
	}

	private void throwFromLoggers() {
		this.logger.getLoggerContext().addTurboFilter(new TurboFilter() {
			@Override
			public FilterReply decide(Marker marker, Logger asked, Level level, String format, Object[] parameters,
					Throwable thrown) {
				if (asked.getName().startsWith(BridgeSupervisorTests.this.logger.getName())) {
					throw new InternalError("logger");
				}
				return FilterReply.NEUTRAL;
			}
		});
	}

	/**
	 * Where an error is thrown.
	 */
	enum Step {

		CODE {
			@Override
			void fail(Lane lane) {
				StepVerifier.create(lane.run(() -> {
					throw new InternalError("code");
				})).expectError(InternalError.class).verify(WorkingLane.SOON);
			}
		},

		RESULT {
			@Override
			void fail(Lane lane) {
				subscribe(lane.call(() -> 1));
			}
		},

		ERROR {
			@Override
			void fail(Lane lane) {
				subscribe(lane.call(() -> {
					throw new IOException("expected");
				}));
			}
		},

		TIMEOUT {
			@Override
			void fail(Lane lane) {
				subscribe(lane.run(() -> new CountDownLatch(1).await()));
			}
		},

		ELEMENT_OF_A_STREAM {
			@Override
			void fail(Lane lane) {
				new Failing().await(lane.stream(() -> List.of(1, 2, 3).stream())::subscribe);
			}
		},

		RESULT_IN_ORDER {
			@Override
			void fail(Lane lane) {
				subscribe(lane.ordered("key").call(() -> 1));
			}
		},

		TIMEOUT_IN_ORDER {
			@Override
			void fail(Lane lane) {
				subscribe(lane.ordered("key").run(() -> new CountDownLatch(1).await()));
			}
		},

		TASK_OF_A_SCHEDULER {
			@Override
			void fail(Lane lane) {
				lane.asExecutor().execute(() -> {
					throw new InternalError("task");
				});
			}
		};

		abstract void fail(Lane lane);

		static void subscribe(Mono<?> call) {
			new Failing().await(call::subscribe);
		}

	}

	/**
	 * The times of a call that a meter may fail on.
	 */
	enum Times {

		WAITED("wait"), RAN("run");

		private final String verb;

		Times(String verb) {
			this.verb = verb;
		}

		LaneTimer timer(AtomicBoolean throwing) {
			return new LaneTimer() {

				@Override
				public void waited(long nanos) {
					failIf(throwing.get() && Times.this == WAITED);
				}

				@Override
				public void ran(long nanos) {
					failIf(throwing.get() && Times.this == RAN);
				}

			};
		}

		private static void failIf(boolean fails) {
			if (fails) {
				throw new InternalError("meter");
			}
		}

	}

	/**
	 * A subscriber that fails on whatever it receives.
	 */
	private static final class Failing implements CoreSubscriber<Object> {

		private final CountDownLatch received = new CountDownLatch(1);

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(Object element) {
			fail();
		}

		@Override
		public void onError(Throwable error) {
			fail();
		}

		@Override
		public void onComplete() {
			fail();
		}

		private void fail() {
			this.received.countDown();
			throw new InternalError("subscriber");
		}

		private void await(java.util.function.Consumer<CoreSubscriber<Object>> subscription) {
			subscription.accept(this);
			try {
				this.received.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	private record FailingAccessor(AtomicBoolean throwing) implements ThreadLocalAccessor<String> {

		@Override
		public Object key() {
			return "supervisor";
		}

		@Override
		public String getValue() {
			return null;
		}

		@Override
		public void setValue(String value) {
			if (this.throwing.get()) {
				throw new InternalError("accessor");
			}
		}

		@Override
		public void setValue() {
		}

	}

}
