package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.github.loopguard.bridge.Lane;

/**
 * Calls: alone, from results, and in the order of a key.
 */
final class CallOperations {

	private CallOperations() {
	}

	static void call(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "call");
		Runnable inner = InnerCall.sometimes(operation, random);
		BlockingWork work = BlockingWork.random(operation, random, inner);
		Consumption.start(operation, operation.checked(lane.lane.call(work)), random);
	}

	static void run(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "run");
		BlockingWork work = BlockingWork.random(operation, random);
		Consumption.start(operation, operation.checked(lane.lane.run(work::call)), random);
	}

	static void callIfOnLoop(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "callIfOnLoop");
		BlockingWork work = BlockingWork.random(operation, random).anywhere();
		Consumption.start(operation, operation.checked(lane.lane.callIfOnLoop(work)), random);
	}

	static void wrap(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "wrap");
		Random inner = new Random(random.nextLong());
		Flux<Integer> source = Flux.range(0, 1 + random.nextInt(6)).flatMap((i) -> {
			Operation part = operation.part(lane, "call " + i);
			BlockingWork work = BlockingWork.random(part, inner);
			return part.checked(lane.lane.<Integer, Integer>wrap((argument) -> work.call()).apply(i));
		}, 1 + random.nextInt(4));
		Consumption.start(operation, source, random);
	}

	/**
	 * Calls from the elements of another operation, whose lane may be the same.
	 */
	static void fromResults(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "from results");
		StressLane next = round.lane(random);
		Random inner = new Random(random.nextLong());
		Flux<Integer> source = elements(operation, random);
		int concurrency = 1 + random.nextInt(4);
		Flux<Integer> results = switch (random.nextInt(3)) {
			case 0 -> source.flatMap((i) -> call(operation.part(next, "flatMap"), inner), concurrency);
			case 1 -> source.concatMap((i) -> call(operation.part(next, "concatMap"), inner));
			default -> source.take(5)
				.flatMap((i) -> StreamOperations.elements(operation.part(next, "flatMap to stream"), inner),
						concurrency);
		};
		Consumption.start(operation, results, random);
	}

	private static Flux<Integer> elements(Operation operation, Random random) {
		return random.nextBoolean() ? call(operation.part(operation.lane, "call"), random)
				: StreamOperations.elements(operation.part(operation.lane, "stream"), random).take(20);
	}

	private static Flux<Integer> call(Operation operation, Random random) {
		return operation.checked(operation.lane.lane.call(BlockingWork.random(operation, random)));
	}

	/**
	 * Calls whose time is limited, by the lane's view or by a deadline in the context,
	 * which may be over already.
	 */
	static void limited(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "limited call").limited();
		BlockingWork work = BlockingWork.random(operation, random);
		Duration time = Duration.ofNanos(random.nextInt(3_000_000) + 1);
		Mono<Integer> call = random.nextBoolean() ? lane.lane.withTimeout(time).call(work)
				: lane.lane.<Integer>call(work)
					.contextWrite((context) -> context.put(Lane.DEADLINE, Instant.now().plus(time).minusMillis(1)));
		Consumption.start(operation, operation.checked(call), random);
	}

	static void mapping(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "mapping");
		Random inner = new Random(random.nextLong());
		Flux<Integer> source = Flux.range(0, 1 + random.nextInt(20))
			.transform(lane.lane.<Integer, Integer>mapping((i) -> {
				synchronized (inner) {
					if (inner.nextInt(10) == 0) {
						throw new IllegalStateException("a failing element");
					}
				}
				return i;
			}));
		Consumption.start(operation, operation.checked(source), random);
	}

	/**
	 * Elements that pass through the lane's scheduler. Reactor's subscribeOn throws when
	 * a request is rejected and signals nothing, so here it does not schedule requests.
	 */
	static void scheduled(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "scheduled");
		Scheduler scheduler = lane.lane.asScheduler();
		Flux<Integer> source = Flux.range(0, 1 + random.nextInt(20));
		Consumption.start(operation, operation.checked(random.nextBoolean()
				? source.publishOn(scheduler, 1 + random.nextInt(4)) : source.subscribeOn(scheduler, false)), random);
	}

	/**
	 * Calls that must run one at a time and in the order of their subscription.
	 */
	static void ordered(StressRound round, StressLane lane, Random random) {
		StressKey key = lane.keys.get(random.nextInt(lane.keys.size()));
		key.subscribe((position) -> {
			Operation operation = new Operation(round, lane, "ordered call " + position);
			BlockingWork work = BlockingWork.random(operation, random);
			Mono<Integer> call = lane.lane.ordered(key.value).call(() -> {
				key.enter(operation, position);
				try {
					return work.call();
				}
				finally {
					key.leave(operation);
				}
			});
			Consumption.startHere(operation, operation.checked(call), random);
		});
	}

}
