package io.github.loopguard.detect.loop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.history.Lasting;
import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * A turn of an event loop that takes long, from when it was noticed until it ends.
 */
final class Stall {

	private static final int MOST_STACKS = 64;

	/** If the CPU is used in another way, the turn may be over. */
	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long FIRST_TELLING = TimeUnit.SECONDS.toNanos(1);

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final List<Share> shares = new ArrayList<>();

	private long start;

	private long sampledAt;

	private long nextSample;

	private long cpu;

	private int frames;

	/** For how long it was seen to do what could not be kept. */
	private long lost;

	private long nextTelling = FIRST_TELLING;

	private final long heldBefore;

	private Sample latest;

	/** The occurrence that is told while the stall lasts, or {@code null}. */
	@Nullable Lasting lasting;

	/**
	 * Creates a stall.
	 * @param start when the turn began
	 * @param now when the first sample was taken
	 * @param cpu how much CPU time it had used by then
	 * @param heldBefore how long calls that hooks saw had held the loop before the turn
	 * @param first what was seen first
	 */
	Stall(long start, long now, long cpu, long heldBefore, First first) {
		this.start = start;
		this.sampledAt = start;
		this.cpu = cpu;
		this.heldBefore = heldBefore;
		this.latest = first.sample();
		add(now, first.sample(), first.call(), true);
	}

	/**
	 * Adds what the loop was seen to do. Stands for the time since the sample before.
	 * @param roomy whether there is space for another stack
	 */
	void add(long now, Sample sample, @Nullable OccurrenceCounter call, boolean roomy) {
		long nanos = now - this.sampledAt;
		this.latest = sample;
		this.nextSample = now + Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, (now - this.start) / 20));
		Share known = this.shares.stream()
			.filter((share) -> share.call == call && share.sample.equals(sample))
			.findFirst()
			.orElse(null);
		if (known == null && this.shares.size() < MOST_STACKS && roomy) {
			known = new Share(sample, call);
			this.shares.add(known);
			this.frames += sample.frames().size();
		}
		if (known != null) {
			known.nanos += nanos;
		}
		else if (call == null) {
			this.lost += nanos;
		}
		this.sampledAt = now;
	}

	/**
	 * Returns how many frames are kept.
	 */
	int frames() {
		return this.frames;
	}

	/**
	 * Returns for how long the loop did what could not be kept, while no call held it
	 * that a hook saw.
	 */
	long lost() {
		return this.lost;
	}

	/**
	 * Returns whether it is time to try to tell that the turn lasts: after a second, and
	 * at growing intervals.
	 * @param nanos how long it has lasted so far
	 */
	boolean isToTell(long nanos) {
		if (nanos < this.nextTelling) {
			return false;
		}
		this.nextTelling = 2 * nanos;
		return true;
	}

	/**
	 * Leaves time out during which the whole JVM stood still.
	 */
	void exclude(long nanos) {
		this.start += nanos;
		this.sampledAt += nanos;
	}

	void used(long nanos) {
		this.cpu += nanos;
	}

	long heldBefore() {
		return this.heldBefore;
	}

	/**
	 * Returns whether it is time for another stack.
	 * @param changed whether the CPU is used in another way
	 */
	boolean isDue(long now, boolean changed) {
		return now >= this.nextSample || (changed
				&& now - this.sampledAt >= ((now - this.start > FIRST_TELLING) ? 4 * SHORTEST_PAUSE : SHORTEST_PAUSE));
	}

	long start() {
		return this.start;
	}

	long sampledAt() {
		return this.sampledAt;
	}

	Sample latest() {
		return this.latest;
	}

	/**
	 * Returns what the loop was seen to do for the longest time.
	 */
	Sample longest() {
		return this.shares.stream()
			.max(Comparator.comparingLong((share) -> share.nanos))
			.map((share) -> share.sample)
			.orElse(this.latest);
	}

	/**
	 * Returns how much CPU time was used, in nanoseconds.
	 */
	long cpu() {
		return this.cpu;
	}

	/**
	 * Returns whether the CPU was used most of the time.
	 */
	boolean isBusy(long nanos) {
		return 2 * this.cpu >= nanos;
	}

	/**
	 * Returns the share of the time for which the CPU was used, in percent.
	 */
	long percentBusy(long nanos) {
		return Math.min(100, 100 * this.cpu / Math.max(1, nanos));
	}

	/**
	 * Returns whether it has computed for about as long as a turn may take.
	 */
	boolean hasComputed(long threshold) {
		return 5 * this.cpu >= 4 * threshold;
	}

	/**
	 * Returns what the loop did while no call held it that a hook saw, and it did not
	 * lack a CPU.
	 */
	Collection<Share> unexplained(long threshold) {
		return this.shares.stream().filter((share) -> share.call == null && !isStarved(share, threshold)).toList();
	}

	/**
	 * Returns for how long it is known to have lacked a CPU, while no call held it that a
	 * hook saw.
	 */
	long starved(long threshold) {
		return this.shares.stream()
			.filter((share) -> share.call == null && isStarved(share, threshold))
			.mapToLong((share) -> share.nanos)
			.sum();
	}

	private boolean isStarved(Share share, long threshold) {
		return share.sample.runnable() && !hasComputed(threshold);
	}

	/**
	 * Returns what counts the call by which the loop was held longest that a hook saw, or
	 * {@code null} if it was seen in none.
	 */
	@Nullable OccurrenceCounter call() {
		Share most = null;
		for (Share share : this.shares) {
			if (share.call != null && (most == null || share.nanos > most.nanos)) {
				most = share;
			}
		}
		return (most != null) ? most.call : null;
	}

	/**
	 * What was seen when a turn was noticed.
	 *
	 * @param sample what the loop did
	 * @param call counts the call that holds the loop and that a hook saw, or
	 * {@code null}
	 */
	record First(Sample sample, @Nullable OccurrenceCounter call) {
	}

	/**
	 * Something that the loop was seen to do, and for how long.
	 */
	static final class Share {

		final Sample sample;

		private final @Nullable OccurrenceCounter call;

		long nanos;

		private Share(Sample sample, @Nullable OccurrenceCounter call) {
			this.sample = sample;
			this.call = call;
		}

	}

}
