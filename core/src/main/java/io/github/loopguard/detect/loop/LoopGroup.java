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
	 * Returns the name of the group of a thread: without its number, and without that of
	 * its pool before it.
	 */
	static String nameOf(String thread) {
		int end = separated(thread, digits(thread, thread.length()));
		for (int start = digits(thread, end); start < end; start = digits(thread, end)) {
			int before = separated(thread, start);
			if (before == start) {
				break;
			}
			end = before;
		}
		return (end > 0) ? thread.substring(0, end) : thread;
	}

	private static int digits(String thread, int end) {
		int start = end;
		while (start > 0 && Character.isDigit(thread.charAt(start - 1))) {
			start--;
		}
		return start;
	}

	private static int separated(String thread, int end) {
		int start = end;
		while (start > 0 && start < thread.length() && "-#_ ".indexOf(thread.charAt(start - 1)) >= 0) {
			start--;
		}
		return start;
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
