package io.github.loopguard.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import io.github.loopguard.daemon.Failures;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The ledger's thread while loggers, tasks and listeners throw.
 */
class LedgerThreadTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final LedgerThread thread = new LedgerThread(this.ledger);

	private final Queue<String> told = new ConcurrentLinkedQueue<>();

	private final Queue<String> logged = new ConcurrentLinkedQueue<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(LedgerThread.LOGGER);

	private final LoggerContext loggers = this.logger.getLoggerContext();

	private @Nullable Throwing appender;

	@AfterEach
	void restore() {
		this.logger.detachAppender(this.appender);
		this.loggers.resetTurboFilterList();
	}

	@Test
	void violationIsLoggedAfterALoggerHasThrownOnceAndListenersAreToldOnce() {
		throwing(1, () -> new IllegalStateException("appender"));
		this.thread.addListener(this::hear);
		occur("first");
		this.thread.look();
		assertThat(this.logged).isEmpty();
		assertThat(this.thread.failure()).hasMessage("appender");
		await().atMost(SOON).untilAsserted(() -> {
			this.thread.look();
			assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.first")).hasSize(1);
		});
		assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.first")).hasSize(1);
		this.thread.look();
		assertThat(this.thread.failure()).isNull();
		assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.first")).hasSize(1);
		occur("second");
		this.thread.look();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.told).containsExactly("first", "second"));
	}

	@Test
	void runningThreadSurvivesErrorsOfALoggerAndLosesNothing() {
		throwing(3, () -> new StackOverflowError("appender"));
		this.thread.addListener(this::hear);
		this.thread.start();
		for (int i = 0; i < 10; i++) {
			occur("method" + i);
		}
		await().atMost(SOON).untilAsserted(() -> assertThat(this.told).hasSize(10));
		await().atMost(SOON).untilAsserted(() -> {
			for (int i = 0; i < 10; i++) {
				String method = "Invoices.method" + i;
				assertThat(this.logged).filteredOn((line) -> line.contains(method)).hasSize(1);
			}
		});
		await().atMost(SOON).untilAsserted(() -> assertThat(this.thread.failure()).isNull());
		assertThat(this.thread.unlogged()).isZero();
	}

	@Test
	void filterThatThrowsIsSurvived() {
		AtomicInteger left = new AtomicInteger(3);
		this.loggers.addTurboFilter(new TurboFilter() {
			@Override
			public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] parameters,
					Throwable thrown) {
				if (logger == LedgerThreadTests.this.logger && left.getAndDecrement() > 0) {
					throw new OutOfMemoryError("filter");
				}
				return FilterReply.NEUTRAL;
			}
		});
		throwing(0, IllegalStateException::new);
		occur("first");
		await().atMost(SOON).untilAsserted(() -> {
			this.thread.look();
			assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.first")).hasSize(1);
			assertThat(this.thread.failure()).isNull();
		});
	}

	@Test
	void loggerThatThrowsAfterItHasWrittenIsNotFlooded() {
		this.appender = new Throwing(Integer.MAX_VALUE, () -> new IllegalStateException("second appender"), this.logged,
				true);
		this.appender.setContext(this.loggers);
		this.appender.start();
		this.logger.addAppender(this.appender);
		for (int i = 0; i < 30; i++) {
			occur("method" + i);
		}
		for (int i = 0; i < 100; i++) {
			this.thread.look();
		}
		assertThat(this.logged).isNotEmpty().hasSizeLessThanOrEqualTo(20);
	}

	@Test
	void linesThatAreTriedAgainAreNotCountedAsNotLogged() {
		throwing(Integer.MAX_VALUE, () -> new IllegalStateException("appender"));
		this.ledger.settings(new LedgerSettings(1_000, 1, Duration.ofSeconds(1)));
		LogLimiter limiter = new LogLimiter();
		Announcer announcer = new Announcer(this.ledger, this.logger, limiter, new ListenerDispatcher(),
				new Failures());
		occur("first");
		occur("second");
		long start = System.nanoTime();
		await().atMost(SOON).until(() -> {
			announcer.announce();
			return System.nanoTime() - start > TimeUnit.SECONDS.toNanos(2);
		});
		assertThat(limiter.suppressed(System.nanoTime() + TimeUnit.MINUTES.toNanos(2), 1)).isZero();
		assertThat(announcer.unlogged()).isZero();
	}

	@Test
	void violationThatWasClearedIsToldAgain() {
		throwing(0, IllegalStateException::new);
		this.thread.addListener(this::hear);
		occur("first");
		occur("second");
		this.thread.look();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.told).hasSize(2));
		this.thread.look();
		assertThat(this.ledger.clear(this.ledger.violations()
			.stream()
			.filter((violation) -> violation.site().methodName().equals("first"))
			.findFirst()
			.orElseThrow()
			.id())).isTrue();
		occur("first");
		occur("second");
		this.thread.look();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.told).containsExactlyInAnyOrder("first", "second", "first"));
		this.ledger.clear();
		occur("first");
		occur("second");
		this.thread.look();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.told).containsExactlyInAnyOrder("first", "second", "first", "first",
					"second"));
		assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.first")).hasSize(3);
		assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.second")).hasSize(2);
	}

	@Test
	void violationThatWasEvictedIsToldOnceUntilAllAreCleared() {
		throwing(0, IllegalStateException::new);
		this.ledger.settings(new LedgerSettings(1, 20, Duration.ofSeconds(1)));
		for (int i = 0; i < 3; i++) {
			occur("first");
			occur("second");
			this.thread.look();
		}
		assertThat(this.ledger.totals().evicted()).isPositive();
		assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.first")).hasSize(1);
		assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.second")).hasSize(1);
		this.ledger.clear();
		occur("first");
		occur("second");
		this.thread.look();
		assertThat(this.logged).filteredOn((line) -> line.contains("Invoices.")).hasSize(4);
	}

	@Test
	void taskThatThrowsStarvesNoOther() {
		AtomicInteger runs = new AtomicInteger();
		this.thread.addTask(() -> {
			throw new AssertionError("task");
		});
		this.thread.addTask(runs::incrementAndGet);
		this.thread.look();
		this.thread.look();
		assertThat(runs).hasValue(2);
		assertThat(this.thread.failure()).hasMessage("task");
	}

	@Test
	void whatFailsAtEveryLookIsSaidOnceAMinute() {
		throwing(0, IllegalStateException::new);
		this.thread.addTask(() -> {
			throw new AssertionError("task");
		});
		for (int i = 0; i < 10; i++) {
			this.thread.look();
		}
		assertThat(this.logged).filteredOn((line) -> line.contains("could not do all of its work")).hasSize(1);
	}

	@Test
	void listenerIsToldAfterAnotherHasThrownWhateverTheLoggerDoes() {
		AppenderBase<ILoggingEvent> broken = new AppenderBase<>() {
			@Override
			protected void append(ILoggingEvent event) {
				throw new IllegalStateException("appender");
			}

			@Override
			public synchronized void doAppend(ILoggingEvent event) {
				append(event);
			}
		};
		broken.setContext(this.loggers);
		broken.start();
		Logger listeners = (Logger) LoggerFactory.getLogger(io.github.loopguard.BlockingViolationListener.class);
		listeners.addAppender(broken);
		try {
			this.thread.addListener((violation) -> {
				throw new OutOfMemoryError("listener");
			});
			this.thread.addListener(this::hear);
			occur("first");
			occur("second");
			this.thread.look();
			await().atMost(SOON)
				.untilAsserted(() -> assertThat(this.told).containsExactlyInAnyOrder("first", "second"));
		}
		finally {
			listeners.detachAppender(broken);
		}
	}

	@Test
	void failureOfAListenerIsLoggedAfterALoggerHasThrownOnceWithoutAnotherViolation() {
		Logger listeners = (Logger) LoggerFactory.getLogger(io.github.loopguard.BlockingViolationListener.class);
		Throwing appender = new Throwing(1, () -> new IllegalStateException("appender"), this.logged, false);
		appender.setContext(this.loggers);
		appender.start();
		listeners.addAppender(appender);
		try {
			this.thread.addListener((violation) -> {
				throw new IllegalStateException("listener");
			});
			occur("first");
			this.thread.look();
			await().atMost(SOON).untilAsserted(() -> assertThat(appender.left).hasNonPositiveValue());
			await().atMost(SOON).untilAsserted(() -> {
				assertThat(this.logged).filteredOn((line) -> line.contains("failed for violation")).hasSize(1);
				assertThat(this.thread.failure()).isNull();
			});
		}
		finally {
			listeners.detachAppender(appender);
		}
	}

	private void throwing(int times, Supplier<Throwable> thrown) {
		this.appender = new Throwing(times, thrown, this.logged, false);
		this.appender.setContext(this.loggers);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	private void hear(Violation violation) {
		this.told.add(violation.site().methodName());
	}

	private void occur(String method) {
		Frame site = new Frame("com.acme.Invoices", method, "Invoices.java", 1);
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
				Origin.APPLICATION, site, site, null, false, CallStack.NONE, "loop-1", null, null);
		OccurrenceCounter counter = this.ledger.counter(finding, Policy.defaults(Catalog.shipped()).decide(finding));
		counter.begun();
		counter.ended(1);
	}

	/**
	 * An appender that lets what is wrong with it reach the code that logs.
	 */
	private static final class Throwing extends AppenderBase<ILoggingEvent> {

		private final AtomicInteger left;

		private final Supplier<Throwable> thrown;

		private final Queue<String> logged;

		private final boolean writing;

		private Throwing(int times, Supplier<Throwable> thrown, Queue<String> logged, boolean writing) {
			this.writing = writing;
			this.left = new AtomicInteger(times);
			this.thrown = thrown;
			this.logged = logged;
		}

		@Override
		public void doAppend(ILoggingEvent event) {
			if (this.left.getAndDecrement() > 0) {
				if (this.writing) {
					append(event);
				}
				Throwing.<RuntimeException>raise(this.thrown.get());
			}
			append(event);
		}

		@Override
		protected void append(ILoggingEvent event) {
			this.logged.add(event.getFormattedMessage());
		}

		@SuppressWarnings("unchecked")
		private static <T extends Throwable> void raise(Throwable thrown) throws T {
			throw (T) thrown;
		}

	}

}
