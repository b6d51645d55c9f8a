package io.github.loopguard.detect.flight;

import java.util.Arrays;

import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * How much the JVM's clock is ahead of that of a recording. Of the last times that were
 * taken of both, the one counts that was taken with the shortest delay.
 */
final class RecordingClock {

	private final long[] offsets = new long[4];

	private int ticks;

	private volatile @Nullable Long offset;

	void tick(RecordedEvent event) {
		this.offsets[this.ticks++ % this.offsets.length] = event.getLong("nanos")
				- EventReader.nanos(event.getStartTime());
		int known = Math.min(this.ticks, this.offsets.length);
		this.offset = Arrays.stream(this.offsets, 0, known).max().orElseThrow();
	}

	/**
	 * Returns the difference in nanoseconds, or {@code null} if it is not known.
	 */
	@Nullable Long offset() {
		return this.offset;
	}

}
