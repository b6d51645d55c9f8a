package io.github.loopguard.bridge.stress;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sources that are created and subscribed to in a lane.
 */
final class DeferOperations {

	private DeferOperations() {
	}

	static void defer(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "defer");
		Consumption.start(operation, elements(operation, random), random);
	}

	static void deferNever(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "defer of never");
		Consumption.cancelLater(operation.checked(lane.lane.<Integer>defer(Flux::never)), random);
	}

	static Flux<Integer> elements(Operation operation, Random random) {
		operation.passingErrors();
		Runnable inner = InnerCall.sometimes(operation, random);
		Random own = new Random(random.nextLong());
		return operation.checked(operation.lane.lane.<Integer>defer(() -> {
			operation.lane.enter(operation);
			try {
				operation.started();
				inner.run();
				return source(operation, own);
			}
			finally {
				operation.lane.leave();
			}
		}));
	}

	private static Publisher<Integer> source(Operation operation, Random random) throws Exception {
		int count = random.nextInt(300);
		return switch (random.nextInt(10)) {
			case 0 -> throw new IOException("expected");
			case 1 -> Flux.error(new IOException("expected"));
			case 2 -> Flux.range(0, count).publishOn(Schedulers.parallel());
			case 3 -> Flux.range(0, count % 5).delayElements(Duration.ofNanos(200_000));
			case 4 -> Flux.range(0, count).doOnRequest((n) -> briefly(operation));
			case 5 -> Flux.range(0, count).concatWith(Mono.error(new IOException("expected")));
			case 6 -> Mono.fromCallable(() -> count).subscribeOn(Schedulers.parallel());
			case 7 -> Mono.empty();
			case 8 -> StreamOperations.elements(operation.part(operation.lane, "source"), random);
			default -> Flux.range(0, count);
		};
	}

	/**
	 * Blocks for a moment, on a thread that may.
	 */
	private static void briefly(Operation operation) {
		operation.lane.enter(operation);
		try {
			BlockingWork.block(50);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			operation.lane.leave();
		}
	}

}
