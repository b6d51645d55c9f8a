package io.github.loopguard.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The limits of a lane. Start from {@link #named(String)} and change what you need:
 * {@code LaneSpec.named("reports").withThreads(4).withQueueCapacity(50)}.
 *
 * @param name name of the lane, used in meters, messages and thread names
 * @param kind platform or virtual threads
 * @param threads most calls that run at the same time, at least 1
 * @param queueCapacity most calls that wait for a thread; 0 rejects at once when all
 * threads are busy
 * @param queueTimeout longest time a call may wait for a thread, {@code null} for no
 * limit
 * @param runTimeout longest time a call may run, {@code null} for no limit
 * @param onCancel what happens to running code whose subscriber is gone
 * @param maxOpen most streams and sessions that are open at the same time; a stream
 * occupies a thread only while it reads, but reserves a permit so that it is never
 * rejected half-way
 * @param keepAlive how long an idle platform thread stays
 * @since 0.1
 */
public record LaneSpec(String name, LaneKind kind, int threads, int queueCapacity, @Nullable Duration queueTimeout,
		@Nullable Duration runTimeout, OnCancel onCancel, int maxOpen, Duration keepAlive) {

	/**
	 * Largest number of threads.
	 */
	public static final int MAX_THREADS = (1 << 19) - 1;

	/**
	 * Longest time that a lane can count.
	 */
	public static final Duration MAX_TIME = Duration.ofDays(100_000);

	/**
	 * Largest capacity of the queue.
	 */
	public static final int MAX_QUEUE_CAPACITY = (1 << 24) - 1 - MAX_THREADS;

	/**
	 * Capacity of the queue unless set otherwise.
	 */
	public static final int DEFAULT_QUEUE_CAPACITY = 256;

	/**
	 * Longest wait in the queue unless set otherwise.
	 */
	public static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * Checks the limits.
	 * @throws InvalidLaneException if one is invalid; the message names it and the remedy
	 */
	public LaneSpec {
		LaneSpecCheck.check(name, kind, threads, queueCapacity, queueTimeout, runTimeout, maxOpen, keepAlive);
	}

	/**
	 * Returns a lane of ten platform threads a core, a queue of 256 calls that wait at
	 * most ten seconds, no run timeout, and {@link OnCancel#ABANDON}.
	 * @param name name of the lane
	 * @return the limits
	 */
	public static LaneSpec named(String name) {
		return new LaneSpec(name, LaneKind.PLATFORM, 10 * Runtime.getRuntime().availableProcessors(),
				DEFAULT_QUEUE_CAPACITY, DEFAULT_QUEUE_TIMEOUT, null, OnCancel.ABANDON, 256, Duration.ofSeconds(30));
	}

	/**
	 * Returns a copy on other threads.
	 * @param kind platform or virtual
	 * @return the copy
	 */
	public LaneSpec withKind(LaneKind kind) {
		return new LaneSpec(this.name, kind, this.threads, this.queueCapacity, this.queueTimeout, this.runTimeout,
				this.onCancel, this.maxOpen, this.keepAlive);
	}

	/**
	 * Returns a copy with another number of threads.
	 * @param threads most calls that run at the same time, at least 1
	 * @return the copy
	 */
	public LaneSpec withThreads(int threads) {
		return new LaneSpec(this.name, this.kind, threads, this.queueCapacity, this.queueTimeout, this.runTimeout,
				this.onCancel, this.maxOpen, this.keepAlive);
	}

	/**
	 * Returns a copy with another queue.
	 * @param queueCapacity most calls that wait, 0 for none
	 * @return the copy
	 */
	public LaneSpec withQueueCapacity(int queueCapacity) {
		return new LaneSpec(this.name, this.kind, this.threads, queueCapacity, this.queueTimeout, this.runTimeout,
				this.onCancel, this.maxOpen, this.keepAlive);
	}

	/**
	 * Returns a copy with another limit of the waiting time.
	 * @param queueTimeout longest wait, {@code null} for no limit
	 * @return the copy
	 */
	public LaneSpec withQueueTimeout(@Nullable Duration queueTimeout) {
		return new LaneSpec(this.name, this.kind, this.threads, this.queueCapacity, queueTimeout, this.runTimeout,
				this.onCancel, this.maxOpen, this.keepAlive);
	}

	/**
	 * Returns a copy with another limit of the run time.
	 * @param runTimeout longest run, {@code null} for no limit
	 * @return the copy
	 */
	public LaneSpec withRunTimeout(@Nullable Duration runTimeout) {
		return new LaneSpec(this.name, this.kind, this.threads, this.queueCapacity, this.queueTimeout, runTimeout,
				this.onCancel, this.maxOpen, this.keepAlive);
	}

	/**
	 * Returns a copy that handles cancelled calls differently.
	 * @param onCancel interrupt or abandon
	 * @return the copy
	 */
	public LaneSpec withOnCancel(OnCancel onCancel) {
		return new LaneSpec(this.name, this.kind, this.threads, this.queueCapacity, this.queueTimeout, this.runTimeout,
				onCancel, this.maxOpen, this.keepAlive);
	}

	/**
	 * Returns a copy with another limit of open streams and sessions.
	 * @param maxOpen most streams and sessions at the same time
	 * @return the copy
	 */
	public LaneSpec withMaxOpen(int maxOpen) {
		return new LaneSpec(this.name, this.kind, this.threads, this.queueCapacity, this.queueTimeout, this.runTimeout,
				this.onCancel, maxOpen, this.keepAlive);
	}

	/**
	 * Returns a copy whose idle platform threads stay for another time.
	 * @param keepAlive how long an idle thread stays
	 * @return the copy
	 */
	public LaneSpec withKeepAlive(Duration keepAlive) {
		return new LaneSpec(this.name, this.kind, this.threads, this.queueCapacity, this.queueTimeout, this.runTimeout,
				this.onCancel, this.maxOpen, keepAlive);
	}

}
