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

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final List<Share> shares = new ArrayList<>();

	private long start;

	private long sampledAt;

	private long nextSample;

	private long cpu;

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
	 * @param first the first sample
	 * @param call counts the call that holds the loop and that a hook saw, or
	 * {@code null}
	 */
	Stall(long start, long now, long cpu, long heldBefore, Sample first, @Nullable OccurrenceCounter call) {
		this.start = start;
		this.sampledAt = start;
		this.cpu = cpu;
		this.heldBefore = heldBefore;
		this.latest = first;
		add(now, first, call);
	}

	/**
	 * Adds what the loop was seen to do. Stands for the time since the sample before.
	 */
	void add(long now, Sample sample, @Nullable OccurrenceCounter call) {
		long nanos = now - this.sampledAt;
		this.sampledAt = now;
		this.latest = sample;
		this.nextSample = now + Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, (now - this.start) / 20));
		Share known = this.shares.stream()
			.filter((share) -> share.call == call && share.sample.equals(sample))
			.findFirst()
			.orElse(null);
		if (known == null && this.shares.size() < MOST_STACKS) {
			known = new Share(sample, call);
			this.shares.add(known);
		}
		((known != null) ? known : this.shares.get(this.shares.size() - 1)).nanos += nanos;
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

	boolean isDue(long now) {
		return now >= this.nextSample;
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
		return this.shares.stream().max(Comparator.comparingLong((share) -> share.nanos)).orElseThrow().sample;
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
	 * Returns what the loop did while no call held it that a hook saw.
	 */
	Collection<Share> unexplained() {
		return this.shares.stream().filter((share) -> share.call == null).toList();
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
