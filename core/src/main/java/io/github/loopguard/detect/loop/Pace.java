package io.github.loopguard.detect.loop;

/**
 * How much of the CPU an event loop uses.
 */
enum Pace {

	/** It computes. */
	ON,

	/** It waits. */
	OFF,

	/** Both by turns. */
	MIXED;

	/** CPU time, in nanoseconds, that is too short for any work. */
	private static final long NOTHING = 20_000;

	static Pace of(long used, long interval) {
		return (used >= interval * 0.8) ? ON : (used < NOTHING) ? OFF : MIXED;
	}

}
