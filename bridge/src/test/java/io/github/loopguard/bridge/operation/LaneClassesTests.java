package io.github.loopguard.bridge.operation;

import java.nio.file.spi.FileSystemProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.github.loopguard.bridge.BlockingBridge;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LaneClasses}.
 */
class LaneClassesTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final AtomicInteger initialised = new AtomicInteger();

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final LaneClasses classes = LaneClasses.in(this.bridge);

	@AfterEach
	void close() {
		this.bridge.close();
	}

	@Test
	void aHundredSimultaneousCallersOfASlowClassShareOneAttempt() {
		String name = LaneClassesTests.class.getName() + "$Slow";
		StepVerifier
			.create(Flux.range(0, 100)
				.flatMap((i) -> this.classes.load(name, getClass().getClassLoader()).subscribeOn(Schedulers.parallel()),
						100)
				.distinct()
				.map(Class::getSimpleName))
			.expectNext("Slow")
			.expectComplete()
			.verify(SOON);
		assertThat(initialised).hasValue(1);
		assertThat(this.bridge.status().submitted()).isLessThan(100);
	}

	@Test
	void aMissingClassIsNotSearchedForAgain() {
		CountingLoader loader = new CountingLoader();
		for (int i = 0; i < 3; i++) {
			StepVerifier.create(this.classes.load("com.acme.Missing", loader))
				.expectError(ClassNotFoundException.class)
				.verify(SOON);
		}
		assertThat(loader.searches).hasValue(1);
	}

	@Test
	void aFailingInitialiserReachesAllCallers() {
		String name = LaneClassesTests.class.getName() + "$Broken";
		StepVerifier.create(this.classes.load(name, getClass().getClassLoader()))
			.expectError(ExceptionInInitializerError.class)
			.verify(SOON);
	}

	@Test
	void findsTheProvidersOfAService() {
		StepVerifier.create(this.classes.services(FileSystemProvider.class, getClass().getClassLoader()))
			.assertNext((found) -> assertThat(found).isNotEmpty())
			.expectComplete()
			.verify(SOON);
	}

	static class Slow {

		static {
			initialised.incrementAndGet();
			// The time it takes is the point: it stands for a driver that looks around.
			long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
			while (System.nanoTime() < end) {
				Thread.onSpinWait();
			}
		}

	}

	static class Broken {

		static final int VALUE = Integer.parseInt("not a number");

	}

	private static final class CountingLoader extends ClassLoader {

		private final AtomicInteger searches = new AtomicInteger();

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			this.searches.incrementAndGet();
			throw new ClassNotFoundException(name);
		}

	}

}
