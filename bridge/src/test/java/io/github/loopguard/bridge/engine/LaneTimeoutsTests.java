package io.github.loopguard.bridge.engine;

import java.time.Duration;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import io.github.loopguard.bridge.LaneSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneTimeouts}.
 */
class LaneTimeoutsTests {

	private final LaneProblems problems = new LaneProblems();

	@Test
	void taskThatComesWhileTheChecksEndIsChecked() {
		Queue<Runnable> checks = new ArrayDeque<>();
		LaneTimeouts[] timeouts = new LaneTimeouts[1];
		LaneSpec spec = LaneSpec.named("timeouts").withQueueTimeout(null).withRunTimeout(Duration.ofSeconds(1));
		Set<LaneTask<?>> tasks = new AbstractSet<>() {

			private int asked;

			private boolean present;

			@Override
			public Iterator<LaneTask<?>> iterator() {
				return Set.<LaneTask<?>>of().iterator();
			}

			@Override
			public int size() {
				return this.present ? 1 : 0;
			}

			@Override
			public boolean isEmpty() {
				boolean empty = !this.present;
				if (++this.asked == 11) {
					// Another thread adds a task right after this answer.
					this.present = true;
					timeouts[0].activate(System.nanoTime());
				}
				return empty;
			}

		};
		timeouts[0] = new LaneTimeouts(spec.limits(), tasks, this.problems, checks::add);
		timeouts[0].activate(System.nanoTime());
		for (int i = 0; i < 11; i++) {
			checks.remove().run();
		}
		assertThat(checks).hasSize(1);
	}

	@Test
	void checksEndWhenThereAreNoTasks() {
		Queue<Runnable> checks = new ArrayDeque<>();
		LaneTimeouts timeouts = new LaneTimeouts(LaneSpec.named("timeouts").limits(), Set.of(), this.problems,
				checks::add);
		timeouts.activate(System.nanoTime());
		for (int i = 0; i < 11; i++) {
			checks.remove().run();
		}
		assertThat(checks).isEmpty();
		timeouts.activate(System.nanoTime());
		assertThat(checks).hasSize(1);
	}

	@Test
	void nextTaskStartsTheChecksAgainAfterATimerHasFailed() {
		Queue<Runnable> checks = new ArrayDeque<>();
		AtomicInteger planned = new AtomicInteger();
		LaneTimeouts timeouts = new LaneTimeouts(LaneSpec.named("timeouts").limits(), Set.of(), this.problems,
				(check) -> {
					if (planned.incrementAndGet() == 2) {
						throw new InternalError("timer");
					}
					checks.add(check);
				});
		timeouts.activate(System.nanoTime());
		checks.remove().run();
		assertThat(checks).isEmpty();
		timeouts.activate(System.nanoTime());
		checks.remove().run();
		assertThat(checks).hasSize(1);
	}

	@Test
	void nextTaskReplacesChecksThatTheTimerDropped() {
		Queue<Runnable> checks = new ArrayDeque<>();
		LaneTimeouts timeouts = new LaneTimeouts(LaneSpec.named("timeouts").limits(), Set.of(), this.problems,
				checks::add);
		long now = System.nanoTime();
		timeouts.activate(now);
		Runnable dropped = checks.remove();
		timeouts.activate(now);
		assertThat(checks).isEmpty();
		timeouts.activate(now + Duration.ofSeconds(2).toNanos());
		assertThat(checks).hasSize(1);
		dropped.run();
		assertThat(checks).as("what was late does not go on beside the others").hasSize(1);
	}

	@Test
	void checksGoOnWhateverALoggerThrows() {
		Logger logger = (Logger) LoggerFactory.getLogger(LaneTimeouts.class);
		TurboFilter throwing = new TurboFilter() {
			@Override
			public FilterReply decide(Marker marker, Logger asked, Level level, String format, Object[] parameters,
					Throwable thrown) {
				if (asked == logger) {
					throw new InternalError("logger");
				}
				return FilterReply.NEUTRAL;
			}
		};
		logger.getLoggerContext().addTurboFilter(throwing);
		try {
			Queue<Runnable> checks = new ArrayDeque<>();
			Set<LaneTask<?>> failing = new AbstractSet<>() {
				@Override
				public Iterator<LaneTask<?>> iterator() {
					throw new InternalError("tasks");
				}

				@Override
				public int size() {
					return 1;
				}
			};
			LaneTimeouts timeouts = new LaneTimeouts(LaneSpec.named("timeouts").limits(), failing, this.problems,
					checks::add);
			timeouts.activate(System.nanoTime());
			checks.remove().run();
			assertThat(checks).hasSize(1);
		}
		finally {
			logger.getLoggerContext().getTurboFilterList().remove(throwing);
		}
	}

}
