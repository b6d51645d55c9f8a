package io.github.loopguard.bridge.stress;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lane, its limits, and what its threads do at the moment.
 */
final class StressLane {

	private static final int KEYS = 3;

	final Lane lane;

	/**
	 * The limits, {@code null} for the default lane.
	 */
	final LaneSpec spec;

	/**
	 * Code in a lane waits only for lanes of a higher level, so that lanes do not wait
	 * for each other.
	 */
	final int level;

	final List<StressKey> keys;

	private final AtomicInteger running = new AtomicInteger();

	private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

	StressLane(Lane lane, LaneSpec spec, int level) {
		this.lane = lane;
		this.spec = spec;
		this.level = level;
		this.keys = IntStream.range(0, KEYS).mapToObj((i) -> new StressKey("key " + i)).toList();
	}

	/**
	 * Records that blocking code starts on the current thread.
	 */
	void enter(Operation operation) {
		int outer = this.depth.get();
		this.depth.set(outer + 1);
		if (outer == 0) {
			int now = this.running.incrementAndGet();
			if (this.spec != null && now > this.spec.limits().threads()) {
				operation.fault(now + " threads run code of the lane");
			}
		}
		if (Schedulers.isInNonBlockingThread()) {
			operation.fault("blocking code on an event loop");
		}
	}

	void leave() {
		int inner = this.depth.get() - 1;
		this.depth.set(inner);
		if (inner == 0) {
			this.running.decrementAndGet();
		}
	}

	boolean busy() {
		LaneStatus status = this.lane.status();
		return status.active() + status.queued() + status.open() + status.lingering() != 0;
	}

	/**
	 * Asserts that the lane does nothing and has counted everything: each call that was
	 * submitted or ran in place has one outcome.
	 */
	void assertIdle() {
		LaneStatus status = this.lane.status();
		assertThat(status.active()).as("active of %s", this).isZero();
		assertThat(status.queued()).as("queued of %s", this).isZero();
		assertThat(status.open()).as("open of %s", this).isZero();
		assertThat(status.lingering()).as("lingering of %s", this).isZero();
		assertThat(status.oldestQueued()).as("oldest of %s", this).isNull();
		assertThat(status.completed() + status.failed() + status.cancelled() + status.timedOut() + status.rejected())
			.as("outcomes of %s", this)
			.isEqualTo(status.submitted() + status.inPlace());
		assertThat(status.queueTime().count()).as("started and ended of %s", this).isEqualTo(status.runTime().count());
		assertThat(status.abandoned()).as("abandoned of %s", this)
			.isLessThanOrEqualTo(status.cancelled() + status.timedOut());
		assertThat(this.running).as("running code of %s", this).hasValue(0);
	}

	@Override
	public String toString() {
		return "lane '" + this.lane.name() + "' " + this.lane.status()
				+ ((this.spec != null) ? " " + this.spec.limits().onCancel() + " queue-timeout "
						+ this.spec.limits().queueTimeout() + " run-timeout " + this.spec.limits().runTimeout() : "");
	}

}
