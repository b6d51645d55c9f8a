package io.github.loopguard.bridge.stress;

import java.time.Duration;
import java.util.Random;

import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.OnCancel;

/**
 * Limits of small lanes.
 */
final class RandomLimits {

	private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

	private RandomLimits() {
	}

	static LaneSpec of(String name, Random random) {
		return LaneSpec.named(name)
			.withKind((VIRTUAL && random.nextInt(3) == 0) ? LaneKind.VIRTUAL : LaneKind.PLATFORM)
			.withThreads(1 + random.nextInt(3))
			.withQueueCapacity(random.nextInt(9))
			.withMaxOpen(1 + random.nextInt(4))
			.withOnCancel(random.nextBoolean() ? OnCancel.INTERRUPT : OnCancel.ABANDON)
			.withQueueTimeout(timeout(random))
			.withRunTimeout(timeout(random))
			.withKeepAlive(Duration.ofMillis(random.nextInt(100)));
	}

	private static Duration timeout(Random random) {
		return random.nextBoolean() ? null : Duration.ofMillis(1 + random.nextInt(50));
	}

}
