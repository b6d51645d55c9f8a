package io.github.loopguard.bridge.stress;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import io.github.loopguard.bridge.LaneSession;

/**
 * Sessions with several steps.
 */
final class SessionOperations {

	private SessionOperations() {
	}

	static void session(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "session");
		Consumption.start(operation, elements(operation, random), random);
	}

	static void sessionNever(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "session of never").passingErrors();
		Consumption.cancelLater(operation.checked(
				lane.lane.<CheckedResource, Integer>session(() -> open(operation, false), (session) -> Flux.never())),
				random);
	}

	/**
	 * Takes a step after the session has ended.
	 */
	static void lateStep(StressRound round, StressLane lane, Random random) {
		Operation operation = new Operation(round, lane, "session with late step").passingErrors();
		AtomicReference<LaneSession<CheckedResource>> used = new AtomicReference<>();
		Random own = new Random(random.nextLong());
		Flux<Integer> session = operation
			.checked(lane.lane.<CheckedResource, Integer>session(() -> open(operation, false), (opened) -> {
				used.set(opened);
				return step(operation, opened, own);
			}));
		Consumption.start(operation, session.doFinally((end) -> {
			if (used.get() != null && end != SignalType.CANCEL) {
				step(operation, used.get(), own).subscribe((element) -> operation.fault("a step after the end"),
						(error) -> {
						});
			}
		}), random);
	}

	static Flux<Integer> elements(Operation operation, Random random) {
		operation.passingErrors();
		Random own = new Random(random.nextLong());
		boolean closeFails = random.nextInt(10) == 0;
		return operation.checked(operation.lane.lane.session(() -> open(operation, closeFails),
				(session) -> use(operation, session, own)));
	}

	private static CheckedResource open(Operation operation, boolean closeFails) {
		operation.lane.enter(operation);
		try {
			operation.started();
			return CheckedResource.openHere(operation, closeFails);
		}
		finally {
			operation.lane.leave();
		}
	}

	private static Publisher<Integer> use(Operation operation, LaneSession<CheckedResource> session, Random random) {
		Flux<Integer> numbers = Flux.range(0, 1 + random.nextInt(5));
		return switch (random.nextInt(9)) {
			case 0 -> numbers.flatMap((i) -> step(operation, session, random), 3);
			case 1 -> numbers.concatMap((i) -> step(operation, session, random)
				.timeout(Duration.ofNanos(1 + random.nextInt(2_000_000)), Mono.just(0)));
			case 2 ->
				numbers.concatMap((i) -> step(operation, session, random).takeUntilOther(Consumption.delay(random)));
			case 3 -> numbers.concatMap((i) -> step(operation, session, random).onErrorResume((error) -> Mono.empty()));
			case 4 -> numbers.concatMap((i) -> Consumption.delay(random).thenMany(step(operation, session, random)));
			case 5 -> Flux.error(new IOException("expected"));
			case 6 -> throw new IllegalStateException("expected");
			case 7 -> Mono.empty();
			default -> numbers.concatMap((i) -> step(operation, session, random));
		};
	}

	private static Flux<Integer> step(Operation operation, LaneSession<CheckedResource> session, Random random) {
		Operation part = operation.part(operation.lane, "step");
		Runnable inner = (random.nextInt(8) == 0) ? () -> innerStep(part, session) : () -> {
		};
		BlockingWork work = BlockingWork.random(part, random, inner);
		return part.checked(session.<Integer>call((resource) -> resource.use(work)));
	}

	/**
	 * Takes a step from within a step.
	 */
	private static void innerStep(Operation outer, LaneSession<CheckedResource> session) {
		Operation inner = outer.part(outer.lane, "inner step");
		BlockingWork work = BlockingWork.random(inner, new Random(1));
		inner.checked(session.<Integer>call((resource) -> resource.use(work))).blockLast(Duration.ofMinutes(1));
	}

}
