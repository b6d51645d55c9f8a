package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One bridge, its lanes, and what is under way in them.
 */
final class StressRound {

	private static final int LANES = 4;

	private static final int MAX_LINES = 10;

	final Faults faults;

	private final BlockingBridge bridge = new BlockingBridge(List.of());

	private final AtomicReferenceArray<StressLane> lanes = new AtomicReferenceArray<>(LANES);

	private final StressLane defaultLane;

	private final Queue<StressLane> replaced = new ConcurrentLinkedQueue<>();

	private final Set<SignalCheck<?>> subscriptions = ConcurrentHashMap.newKeySet();

	private final Set<CheckedResource> resources = ConcurrentHashMap.newKeySet();

	private final boolean closes;

	/**
	 * Creates a round.
	 * @param closes whether the bridge is closed and opened again meanwhile
	 */
	StressRound(Faults faults, Random random, boolean closes) {
		this.faults = faults;
		this.closes = closes;
		this.defaultLane = new StressLane(this.bridge.lane(BlockingBridge.DEFAULT_LANE), null, LANES);
		for (int i = 0; i < LANES; i++) {
			this.lanes.set(i, lane(i, random));
		}
	}

	private StressLane lane(int level, Random random) {
		LaneSpec spec = RandomLimits.of("stress-" + level, random);
		return new StressLane(this.bridge.define(spec), spec, level);
	}

	boolean closes() {
		return this.closes;
	}

	/**
	 * Returns the lanes that accept work.
	 */
	List<StressLane> named() {
		return IntStream.range(0, LANES).mapToObj(this.lanes::get).toList();
	}

	StressLane lane(Random random) {
		int index = random.nextInt(LANES + 1);
		return (index < LANES) ? this.lanes.get(index) : this.defaultLane;
	}

	StressLane higherLane(StressLane lane, Random random) {
		int index = Math.min(LANES, lane.level + 1 + random.nextInt(LANES));
		return (index < LANES) ? this.lanes.get(index) : this.defaultLane;
	}

	void subscribed(SignalCheck<?> subscription) {
		this.subscriptions.add(subscription);
	}

	void over(SignalCheck<?> subscription) {
		this.subscriptions.remove(subscription);
	}

	int underWay() {
		return this.subscriptions.size();
	}

	void opened(CheckedResource resource) {
		this.resources.add(resource);
	}

	void closed(CheckedResource resource) {
		this.resources.remove(resource);
	}

	/**
	 * Replaces lanes, and closes and opens the bridge, until the round is over.
	 */
	void disturb(Random random, CountDownLatch over) throws InterruptedException {
		while (!over.await(20 + random.nextInt(300), TimeUnit.MILLISECONDS)) {
			int what = random.nextInt(4);
			if (!this.closes || what < 2) {
				int level = random.nextInt(LANES);
				this.replaced.add(this.lanes.get(level));
				this.lanes.set(level, lane(level, random));
			}
			else if (what == 2) {
				this.bridge.close();
				this.bridge.reopen();
			}
			else {
				this.bridge.closeGracefully(Duration.ofMillis(random.nextInt(60))).block(Duration.ofMinutes(1));
				this.bridge.reopen();
			}
		}
	}

	void assertIdle() {
		assertThat(this.subscriptions).as("subscriptions without an end").isEmpty();
		assertThat(this.resources).as("resources not closed").isEmpty();
		named().forEach(StressLane::assertIdle);
		this.replaced.forEach(StressLane::assertIdle);
		this.defaultLane.assertIdle();
	}

	void close() {
		this.bridge.close();
	}

	/**
	 * Describes what is under way.
	 */
	@Override
	public String toString() {
		return "a round with\nlanes" + lines(named()) + lines(List.of(this.defaultLane)) + "\nreplaced lanes"
				+ lines(this.replaced.stream().filter(StressLane::busy).toList()) + "\nsubscriptions"
				+ lines(this.subscriptions) + "\nresources" + lines(this.resources);
	}

	private static String lines(Collection<?> things) {
		return things.stream().limit(MAX_LINES).map((thing) -> "\n  " + thing).collect(Collectors.joining());
	}

}
