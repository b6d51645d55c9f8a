package io.github.loopguard.bridge.stress;

import java.util.Random;

/**
 * The operations, each as often as it is frequent.
 */
enum OperationKind {

	CALL(8, CallOperations::call),

	RUN(2, CallOperations::run),

	CALL_IF_ON_LOOP(2, CallOperations::callIfOnLoop),

	WRAP(2, CallOperations::wrap),

	FROM_RESULTS(4, CallOperations::fromResults),

	LIMITED(3, CallOperations::limited),

	MAPPING(2, CallOperations::mapping),

	SCHEDULED(2, CallOperations::scheduled),

	ORDERED(5, CallOperations::ordered),

	ORDERED_STREAM(2, StreamOperations::ordered),

	STREAM(6, StreamOperations::stream),

	DEFER(4, DeferOperations::defer),

	DEFER_NEVER(1, DeferOperations::deferNever),

	SESSION(5, SessionOperations::session),

	SESSION_NEVER(1, SessionOperations::sessionNever),

	LATE_STEP(1, SessionOperations::lateStep);

	private static final int SUM = sum();

	private final int frequency;

	private final Start start;

	OperationKind(int frequency, Start start) {
		this.frequency = frequency;
		this.start = start;
	}

	static OperationKind random(Random random) {
		int left = random.nextInt(SUM);
		for (OperationKind kind : values()) {
			left -= kind.frequency;
			if (left < 0) {
				return kind;
			}
		}
		throw new IllegalStateException("The frequencies have another sum");
	}

	void start(StressRound round, StressLane lane, Random random) {
		this.start.start(round, lane, random);
	}

	private static int sum() {
		int sum = 0;
		for (OperationKind kind : values()) {
			sum += kind.frequency;
		}
		return sum;
	}

	/**
	 * Starts an operation.
	 */
	private interface Start {

		void start(StressRound round, StressLane lane, Random random);

	}

}
