package io.github.loopguard.detect.loop;

import java.util.concurrent.atomic.LongAdder;

/**
 * What event loops have in common whose names differ by a number only. Never decreases.
 */
final class LoopGroup {

	private final String name;

	private final DelayHistogram delays = new DelayHistogram();

	private final LongAdder stalls = new LongAdder();

	LoopGroup(String name) {
		this.name = name;
	}

	/**
	 * Returns the name of the group of a thread.
	 */
	static String nameOf(String thread) {
		int end = thread.length();
		while (end > 0 && Character.isDigit(thread.charAt(end - 1))) {
			end--;
		}
		while (end > 0 && end < thread.length() && "-#_ ".indexOf(thread.charAt(end - 1)) >= 0) {
			end--;
		}
		return (end > 0) ? thread.substring(0, end) : thread;
	}

	String name() {
		return this.name;
	}

	DelayHistogram delays() {
		return this.delays;
	}

	void stalled() {
		this.stalls.increment();
	}

	long stalls() {
		return this.stalls.sum();
	}

}
