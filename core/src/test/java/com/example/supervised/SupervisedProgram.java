package com.example.supervised;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import reactor.core.scheduler.NonBlocking;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Blocking;
import io.github.loopguard.BlockingViolationListener;
import io.github.loopguard.Violation;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.LedgerThread;
import io.github.loopguard.runtime.Loopguard;

/**
 * Does harm to Loopguard's threads, and prints how long it then takes to tell a new
 * violation.
 */
public final class SupervisedProgram {

	private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

	private static final Loopguard LOOPGUARD = Loopguard.instance();

	private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

	private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

	private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(LedgerThread.LOGGER);

	private static final Map<String, Harm> HARMS = Map.of("errors", SupervisedProgram::errors, "heap",
			SupervisedProgram::heap, "logger", SupervisedProgram::logger, "listeners", SupervisedProgram::listeners);

	private static volatile Supplier<Throwable> thrownByAppender;

	private static volatile Supplier<Throwable> thrownByFilter;

	private static int violations;

	private static long slowest;

	private SupervisedProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
		LOGGER.setLevel(Level.WARN);
		LOGGER.setAdditive(false);
		LOOPGUARD.install(ApplicationPackages.of(List.of("com.example.supervised")));
		LOOPGUARD.ledger().settings(new LedgerSettings(1_000, 10_000, Duration.ZERO));
		LOOPGUARD.ledgerThread().addListener((violation) -> TOLD.add(violation.api()));
		Collecting appender = new Collecting();
		appender.setContext(LOGGER.getLoggerContext());
		appender.start();
		LOGGER.addAppender(appender);
		LOGGER.getLoggerContext().addTurboFilter(new Filter());
		tell("before");
		HARMS.get(arguments[0]).run();
		print("slowest", slowest);
		System.exit(0);
	}

	private static void errors() throws Exception {
		Injection.install();
		Injection.record(true);
		tell("recording");
		long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
		until("recording", () -> System.nanoTime() - end > 0);
		Injection.record(false);
		int hit = 0;
		int said = 0;
		for (String step : Injection.steps()) {
			Injection.arm(step);
			long start = System.nanoTime();
			String told = violate();
			while (Injection.isArmed() && System.nanoTime() - start < Duration.ofMillis(700).toNanos()) {
				pause();
			}
			if (Injection.isArmed()) {
				Injection.arm(null);
				continue;
			}
			hit++;
			said += (LOOPGUARD.ledgerThread().failure() != null) ? 1 : 0;
			told(step, told, start);
		}
		print("steps", Injection.steps().size());
		print("hit", hit);
		print("said", said);
		active("errors");
	}

	private static void heap() throws Exception {
		attempt();
		fill();
		tell("heap");
		active("heap");
	}

	/**
	 * Fills the heap and goes on blocking, for a while. Anything may throw meanwhile.
	 */
	private static void fill() {
		byte[][] garbage = new byte[1 << 16][];
		int size = 1 << 20;
		int next = 0;
		long end = System.nanoTime() + 2_000_000_000L;
		while (end - System.nanoTime() > 0) {
			try {
				while (end - System.nanoTime() > 0) {
					size = take(garbage, next, size);
					next += (garbage[next] != null) ? 1 : 0;
				}
			}
			catch (OutOfMemoryError ex) {
				// It is full.
			}
		}
	}

	private static int take(byte[][] garbage, int next, int size) {
		try {
			garbage[next] = new byte[size];
			return size;
		}
		catch (OutOfMemoryError ex) {
			attempt();
			return Math.max(1_024, size / 2);
		}
	}

	private static void attempt() {
		try {
			violate();
		}
		catch (Throwable ex) {
			// There is no space for it.
		}
	}

	private static void logger() throws Exception {
		for (Supplier<Throwable> thrown : List.<Supplier<Throwable>>of(() -> new IllegalStateException("logger"),
				() -> new StackOverflowError("logger"), () -> new OutOfMemoryError("logger"))) {
			thrownByAppender = thrown;
			String degraded = degraded("appender");
			thrownByAppender = null;
			tell("appender " + degraded);
			active("appender");
			thrownByFilter = thrown;
			degraded = degraded("filter");
			thrownByFilter = null;
			tell("filter " + degraded);
			active("filter");
		}
	}

	private static void listeners() throws Exception {
		harm("throws", (violation) -> {
			throw new IllegalStateException("listener");
		});
		harm("throws an error", (violation) -> {
			throw new OutOfMemoryError("listener");
		});
		harm("recurses", SupervisedProgram::recurse);
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		BlockingViolationListener hangs = (violation) -> {
			hanging.countDown();
			await(released);
		};
		LOOPGUARD.ledgerThread().addListener(hangs);
		violate();
		hanging.await();
		print("while a listener hangs", status("not returning"));
		released.countDown();
		LOOPGUARD.ledgerThread().removeListener(hangs);
		tell("listener hangs");
		active("listener hangs");
		CountDownLatch registry = new CountDownLatch(1);
		Runnable task = () -> await(registry);
		LOOPGUARD.ledgerThread().addTask("loopguard-registry", task);
		tell("registry hangs");
		registry.countDown();
		LOOPGUARD.ledgerThread().removeTask(task);
		Runnable throwing = () -> {
			throw new AssertionError("registry");
		};
		LOOPGUARD.ledgerThread().addTask("loopguard-registry", throwing);
		print("while a registry throws", status("registry"));
		tell("registry throws");
		LOOPGUARD.ledgerThread().removeTask(throwing);
		active("registry throws");
	}

	private static void harm(String name, BlockingViolationListener listener) throws Exception {
		LOOPGUARD.ledgerThread().addListener(listener);
		violate();
		tell("listener " + name);
		LOOPGUARD.ledgerThread().removeListener(listener);
		tell("after listener " + name);
		active("listener " + name);
	}

	private static void recurse(Violation violation) {
		recurse(violation);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String degraded(String name) throws Exception {
		violate();
		return status("logger");
	}

	/**
	 * Waits until the status says something.
	 */
	private static String status(String reason) {
		until(reason, () -> {
			DetectorStatus status = LOOPGUARD.detectors().get(0);
			return status.state() == State.DEGRADED && status.reason().contains(reason);
		});
		return "is said";
	}

	private static void active(String name) {
		until(name + " is over", () -> LOOPGUARD.detectors().get(0).state() == State.ACTIVE);
	}

	/**
	 * Makes a new violation and waits until it is told.
	 */
	private static void tell(String name) throws Exception {
		long start = System.nanoTime();
		told(name, violate(), start);
	}

	private static void told(String name, String told, long start) {
		until(name, () -> TOLD.contains(told) && LOGGED.stream().anyMatch((line) -> line.contains(told + " ")));
		long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
		slowest = Math.max(slowest, millis);
		print(name, millis);
	}

	private static String violate() throws Exception {
		String operation = "operation-" + ++violations;
		Thread loop = new Loop(operation);
		loop.start();
		loop.join();
		return operation;
	}

	private static void until(String name, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > PATIENCE) {
				print("missed", name + " " + LOOPGUARD.detectors());
				System.exit(1);
			}
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(5);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void print(String name, Object value) {
		System.out.println(name + ": " + value);
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void raise(Supplier<Throwable> thrown) throws T {
		if (thrown != null) {
			throw (T) thrown.get();
		}
	}

	/**
	 * An event loop that does one thing that blocks.
	 */
	private static final class Loop extends Thread implements NonBlocking {

		private final String operation;

		private Loop(String operation) {
			super("loop");
			this.operation = operation;
		}

		@Override
		public void run() {
			try {
				Blocking.mayBlock(this.operation);
			}
			catch (OutOfMemoryError ex) {
				// BlockHound had no space for its report.
			}
		}

	}

	private interface Harm {

		void run() throws Exception;

	}

	/**
	 * An appender that lets what is wrong with it reach the code that logs.
	 */
	private static final class Collecting extends AppenderBase<ILoggingEvent> {

		@Override
		public void doAppend(ILoggingEvent event) {
			SupervisedProgram.<RuntimeException>raise(thrownByAppender);
			append(event);
		}

		@Override
		protected void append(ILoggingEvent event) {
			LOGGED.add(event.getFormattedMessage());
		}

	}

	private static final class Filter extends TurboFilter {

		@Override
		public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] parameters,
				Throwable thrown) {
			SupervisedProgram.<RuntimeException>raise(thrownByFilter);
			return FilterReply.NEUTRAL;
		}

	}

}
