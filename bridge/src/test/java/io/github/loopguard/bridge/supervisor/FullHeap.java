package io.github.loopguard.bridge.supervisor;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;

/**
 * Fills the heap while a lane works, and frees it again.
 */
final class FullHeap {

	private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

	private static final int MOST_BLOCKS = 1 << 20;

	private FullHeap() {
	}

	public static void main(String[] arguments) {
		BlockingBridge bridge = new BlockingBridge(List.of(WorkingLane.SPEC));
		Lane lane = bridge.lane("watched");
		WorkingLane.check(lane);
		for (int i = 0; i < 2; i++) {
			lane.run(() -> new CountDownLatch(1).await()).onErrorComplete().subscribe();
			fill();
		}
		WorkingLane.check(lane);
		System.out.println("The lane works");
		System.exit(0);
	}

	/**
	 * Takes all memory, down to the last small block, again and again.
	 */
	private static void fill() {
		Object[] blocks = new Object[MOST_BLOCKS];
		int count = 0;
		int size = 1 << 20;
		long end = System.nanoTime() + FULL_NANOS;
		while (System.nanoTime() - end < 0) {
			try {
				blocks[count] = new byte[size];
				count = Math.min(count + 1, MOST_BLOCKS - 1);
			}
			catch (OutOfMemoryError ex) {
				size = Math.max(1, size / 2);
			}
		}
	}

}
