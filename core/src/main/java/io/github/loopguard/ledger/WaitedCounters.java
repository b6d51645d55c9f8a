package io.github.loopguard.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.loopguard.Waited;

/**
 * What waited while occurrences of one violation held event loops.
 *
 * @since 0.2
 */
public final class WaitedCounters {

	private final List<Runnable> atEnd = new CopyOnWriteArrayList<>();

	private Waited waited = Waited.UNKNOWN;

	/** What has timed out of which nobody was told. */
	private Map<String, Long> untold = Map.of();

	/** Until when what waits is being counted, in nanoseconds, or zero. */
	private volatile long until;

	WaitedCounters() {
	}

	/**
	 * Holds back the announcement of the violation, because what waits is being counted.
	 * @param nanos for how long at most, in nanoseconds
	 */
	public void countsFor(long nanos) {
		this.until = (System.nanoTime() + nanos) | 1;
	}

	/**
	 * Adds what is done on the event loop when an occurrence ends.
	 * @param task what is done; must be quick and must not throw
	 */
	public void atEnd(Runnable task) {
		this.atEnd.add(task);
	}

	/**
	 * Removes what is done when an occurrence ends.
	 * @param task what was done
	 */
	public void remove(Runnable task) {
		this.atEnd.remove(task);
	}

	/**
	 * Adds what has waited.
	 * @param more what has waited another time
	 */
	public synchronized void add(Waited more) {
		this.waited = this.waited.plus(more);
		this.untold = new Waited(null, null, null, List.of(), null, null, this.untold).plus(more).timeouts();
		this.until = 0;
	}

	/**
	 * Returns how many client calls have timed out, by kind, of which nobody was told.
	 */
	synchronized Map<String, Long> untold() {
		return this.untold;
	}

	/**
	 * Notes that these timeouts were told.
	 */
	synchronized void told(Map<String, Long> timeouts) {
		Map<String, Long> left = new TreeMap<>(this.untold);
		timeouts
			.forEach((kind, count) -> left.computeIfPresent(kind, (key, all) -> (all > count) ? all - count : null));
		this.untold = Map.copyOf(left);
	}

	/**
	 * Returns whether it will be known in a moment what has waited.
	 */
	boolean areCounting() {
		long until = this.until;
		return until != 0 && System.nanoTime() - until < 0;
	}

	void ended() {
		if (!this.atEnd.isEmpty()) {
			for (Runnable task : this.atEnd) {
				task.run();
			}
		}
	}

	void moveTo(WaitedCounters other) {
		Waited moved = take();
		if (!moved.equals(Waited.UNKNOWN)) {
			other.add(moved);
		}
	}

	private synchronized Waited take() {
		Waited taken = this.waited;
		this.waited = Waited.UNKNOWN;
		return taken;
	}

	synchronized Waited snapshot() {
		return this.waited;
	}

}
