package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Subscribes to an operation in a random way.
 */
final class Consumption {

	private Consumption() {
	}

	/**
	 * Subscribes, on the current thread or on an event loop.
	 */
	static <T> void start(Operation operation, Flux<T> source, Random random) {
		if (random.nextInt(3) == 0) {
			long seed = random.nextLong();
			Schedulers.parallel().schedule(() -> subscribe(operation, source, new Random(seed), false));
		}
		else {
			subscribe(operation, source, random, false);
		}
	}

	/**
	 * Subscribes and requests on the current thread.
	 */
	static <T> void startHere(Operation operation, Flux<T> source, Random random) {
		subscribe(operation, source, random, true);
	}

	private static <T> void subscribe(Operation operation, Flux<T> source, Random random, boolean atOnce) {
		switch (random.nextInt(9)) {
			case 0 -> ignore(source.takeUntilOther(delay(random)));
			case 1 -> ignore(source.timeout(Duration.ofNanos(1 + random.nextInt(3_000_000))));
			case 2 -> ignore(source.next().flux());
			case 3 -> ignore(source.take(1 + random.nextInt(3)));
			case 4 -> {
				Disposable subscription = ignore(source);
				Schedulers.parallel().schedule(subscription::dispose, random.nextInt(2_000_000), TimeUnit.NANOSECONDS);
			}
			default -> new RandomSubscriber<T>(random, atOnce).subscribeTo(source, operation);
		}
	}

	/**
	 * Subscribes to a source that may never end, and cancels.
	 */
	static <T> void cancelLater(Flux<T> source, Random random) {
		ignore(source.takeUntilOther(delay(random)));
	}

	static Mono<Long> delay(Random random) {
		return Mono.delay(Duration.ofNanos(random.nextInt(2_000_000)));
	}

	private static <T> Disposable ignore(Flux<T> source) {
		return source.subscribe((element) -> {
		}, (error) -> {
		});
	}

}
