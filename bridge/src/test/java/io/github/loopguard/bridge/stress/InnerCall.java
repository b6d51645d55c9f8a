package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.util.Random;

import reactor.core.publisher.Flux;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneFullException;

/**
 * An operation that blocking code starts and waits for: in its own lane, where it runs in
 * place, or in one of a higher level.
 */
final class InnerCall implements Runnable {

	private static final Duration TOO_LONG = Duration.ofSeconds(30);

	private final Operation outer;

	private final Random random;

	private InnerCall(Operation outer, Random random) {
		this.outer = outer;
		this.random = random;
	}

	/**
	 * Returns an inner call for one operation in four, and nothing for the others.
	 */
	static Runnable sometimes(Operation outer, Random random) {
		return (random.nextInt(4) == 0) ? new InnerCall(outer, new Random(random.nextLong())) : () -> {
		};
	}

	@Override
	public void run() {
		StressLane lane = this.random.nextBoolean() ? this.outer.lane
				: this.outer.round.higherLane(this.outer.lane, this.random);
		Operation inner = this.outer.part(lane, "inner");
		try {
			elements(inner).blockLast(TOO_LONG);
		}
		catch (LaneFullException ex) {
			if (lane == this.outer.lane && ex.getMessage().contains("calls run")) {
				inner.fault("an inner call of the lane itself was rejected: " + ex.getMessage());
			}
			throw new IllegalStateException("inner operation", ex);
		}
		catch (BridgeException ex) {
			throw new IllegalStateException("inner operation", ex);
		}
		catch (IllegalStateException ex) {
			if (String.valueOf(ex.getMessage()).contains("Timeout on blocking read")) {
				inner.fault("an inner operation did not end");
			}
			throw ex;
		}
	}

	private Flux<Integer> elements(Operation inner) {
		return switch (this.random.nextInt(4)) {
			case 0 -> StreamOperations.elements(inner, this.random);
			case 1 -> DeferOperations.elements(inner, this.random);
			case 2 -> SessionOperations.elements(inner, this.random);
			default -> inner.checked(inner.lane.lane.call(BlockingWork.random(inner, this.random)));
		};
	}

}
