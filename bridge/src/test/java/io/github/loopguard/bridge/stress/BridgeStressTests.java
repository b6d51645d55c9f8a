package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bridge under random operations for a minute, or for
 * {@code -Dloopguard.stress.seconds}, with {@code -Dloopguard.stress.seed} as printed by
 * another run.
 */
class BridgeStressTests {

	private final Logger log = (Logger) LoggerFactory.getLogger("io.github.loopguard");

	private final Logger reactor = (Logger) LoggerFactory.getLogger("reactor");

	private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

	private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();

	private final Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();

	@BeforeEach
	void collectErrors() {
		// The resources fail to close on purpose, and errors are dropped after a cancel.
		this.log.setLevel(Level.ERROR);
		this.reactor.setLevel(Level.OFF);
		this.errors.start();
		this.log.addAppender(this.errors);
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> this.uncaught.add(ex));
	}

	@AfterEach
	void restore() {
		Thread.setDefaultUncaughtExceptionHandler(this.handler);
		this.log.detachAppender(this.errors);
		this.log.setLevel(null);
		this.reactor.setLevel(null);
	}

	@Test
	void everythingEndsIsCountedAndIsGivenBack() throws Exception {
		long seed = Long.getLong("loopguard.stress.seed", System.nanoTime());
		Duration time = Duration.ofSeconds(Long.getLong("loopguard.stress.seconds", 60));
		System.out.printf("Stress of %d s, -Dloopguard.stress.seed=%d%n", time.toSeconds(), seed);
		StressRun run = new StressRun(seed);
		Faults faults = run.run(time);
		System.out.printf("%d operations%n", run.operations());
		assertThat(faults.texts()).as("faults, seed %d", seed).isEmpty();
		assertThat(this.errors.list).as("log, seed %d", seed).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
		assertThat(this.uncaught).as("uncaught, seed %d", seed).isEmpty();
	}

}
