package io.github.loopguard.bridge.stress;

import java.util.Random;

import reactor.core.publisher.Flux;

import io.github.loopguard.bridge.Lane;

/**
 * Streams, iterators and cursors.
 */
final class StreamOperations {

	private StreamOperations() {
	}

	static void stream(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "stream");
		Runnable inner = InnerCall.sometimes(operation, random);
		Consumption.start(operation, elements(operation, lane.lane, random, inner), random);
	}

	static void ordered(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "ordered stream");
		StressKey key = lane.keys.get(random.nextInt(lane.keys.size()));
		Runnable reading = () -> {
			key.enter(operation);
			key.leave(operation);
		};
		Consumption.start(operation, elements(operation, lane.lane.ordered(key.value), random, reading), random);
	}

	static Flux<Integer> elements(Operation operation, Random random) {
		return elements(operation, operation.lane.lane, random, () -> {
		});
	}

	private static Flux<Integer> elements(Operation operation, Lane lane, Random random, Runnable inner) {
		Random own = new Random(random.nextLong());
		return operation.checked(switch (random.nextInt(3)) {
			case 0 -> lane.stream(() -> RandomCursor.open(operation, own, inner).stream());
			case 1 -> lane.iterate(() -> RandomCursor.open(operation, own, inner));
			default ->
				lane.stream(() -> RandomCursor.open(operation, own, inner), RandomCursor::advance, RandomCursor::read);
		});
	}

}
