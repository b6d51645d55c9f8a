package io.github.loopguard.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The definition of a lane; immutable. Start from {@link #named(String)} and change what
 * you need: {@code LaneSpec.named("reports").withThreads(4).withQueueCapacity(50)}.
 *
 * @since 0.1
 */
public final class LaneSpec {

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

	private final Limits limits;

	private LaneSpec(Limits limits) {
		LaneSpecCheck.check(limits);
		this.limits = limits;
	}

	/**
	 * Returns a lane of ten platform threads a core, a queue of 256 calls that wait at
	 * most ten seconds, no run timeout, and {@link OnCancel#ABANDON}.
	 * @param name name of the lane
	 * @return the limits
	 */
	public static LaneSpec named(String name) {
		return new LaneSpec(new Limits(name, LaneKind.PLATFORM, 10 * Runtime.getRuntime().availableProcessors(),
				DEFAULT_QUEUE_CAPACITY, DEFAULT_QUEUE_TIMEOUT, null, OnCancel.ABANDON, 256, Duration.ofSeconds(30)));
	}

	/**
	 * Returns a lane for work that computes: one platform thread a core, and a queue of
	 * 10,000 calls that wait as long as it takes.
	 * @param name name of the lane
	 * @return the limits
	 */
	public static LaneSpec computing(String name) {
		return named(name).withThreads(Runtime.getRuntime().availableProcessors())
			.withQueueCapacity(10_000)
			.withQueueTimeout(null);
	}

	/**
	 * Returns a lane with the limits of Reactor's {@code boundedElastic}, that interrupts
	 * on cancel as it does.
	 * @param name name of the lane
	 * @return the limits
	 */
	public static LaneSpec elastic(String name) {
		int threads = Math.min(MAX_THREADS, Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
		long queue = (long) threads * Schedulers.DEFAULT_BOUNDED_ELASTIC_QUEUESIZE;
		return named(name).withThreads(threads)
			.withQueueCapacity((int) Math.min(MAX_QUEUE_CAPACITY, queue))
			.withQueueTimeout(null)
			.withOnCancel(OnCancel.INTERRUPT)
			.withMaxOpen(10_000);
	}

	/**
	 * Returns a copy on other threads.
	 * @param kind platform or virtual
	 * @return the copy
	 */
	public LaneSpec withKind(LaneKind kind) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, kind, now.threads, now.queueCapacity, now.queueTimeout, now.runTimeout,
				now.onCancel, now.maxOpen, now.keepAlive));
	}

	/**
	 * Returns a copy with another number of threads.
	 * @param threads most calls that run at the same time, at least 1
	 * @return the copy
	 */
	public LaneSpec withThreads(int threads) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, now.kind, threads, now.queueCapacity, now.queueTimeout, now.runTimeout,
				now.onCancel, now.maxOpen, now.keepAlive));
	}

	/**
	 * Returns a copy with another queue.
	 * @param queueCapacity most calls that wait, 0 for none
	 * @return the copy
	 */
	public LaneSpec withQueueCapacity(int queueCapacity) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, now.kind, now.threads, queueCapacity, now.queueTimeout, now.runTimeout,
				now.onCancel, now.maxOpen, now.keepAlive));
	}

	/**
	 * Returns a copy with another limit of the waiting time.
	 * @param queueTimeout longest wait, {@code null} for no limit
	 * @return the copy
	 */
	public LaneSpec withQueueTimeout(@Nullable Duration queueTimeout) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, now.kind, now.threads, now.queueCapacity, queueTimeout, now.runTimeout,
				now.onCancel, now.maxOpen, now.keepAlive));
	}

	/**
	 * Returns a copy with another limit of the run time.
	 * @param runTimeout longest run, {@code null} for no limit
	 * @return the copy
	 */
	public LaneSpec withRunTimeout(@Nullable Duration runTimeout) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, now.kind, now.threads, now.queueCapacity, now.queueTimeout, runTimeout,
				now.onCancel, now.maxOpen, now.keepAlive));
	}

	/**
	 * Returns a copy that handles cancelled calls differently.
	 * @param onCancel interrupt or abandon
	 * @return the copy
	 */
	public LaneSpec withOnCancel(OnCancel onCancel) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, now.kind, now.threads, now.queueCapacity, now.queueTimeout,
				now.runTimeout, onCancel, now.maxOpen, now.keepAlive));
	}

	/**
	 * Returns a copy with another limit of open streams and sessions.
	 * @param maxOpen most streams and sessions at the same time
	 * @return the copy
	 */
	public LaneSpec withMaxOpen(int maxOpen) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, now.kind, now.threads, now.queueCapacity, now.queueTimeout,
				now.runTimeout, now.onCancel, maxOpen, now.keepAlive));
	}

	/**
	 * Returns a copy whose idle platform threads stay for another time.
	 * @param keepAlive how long an idle thread stays
	 * @return the copy
	 */
	public LaneSpec withKeepAlive(Duration keepAlive) {
		Limits now = this.limits;
		return new LaneSpec(new Limits(now.name, now.kind, now.threads, now.queueCapacity, now.queueTimeout,
				now.runTimeout, now.onCancel, now.maxOpen, keepAlive));
	}

	/**
	 * Returns the limits.
	 * @return the limits
	 */
	public Limits limits() {
		return this.limits;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LaneSpec spec && spec.limits.equals(this.limits);
	}

	@Override
	public int hashCode() {
		return this.limits.hashCode();
	}

	@Override
	public String toString() {
		return "LaneSpec" + this.limits.toString().substring(Limits.class.getSimpleName().length());
	}

	/**
	 * What a lane is limited to. It grows with the options of a lane; a lane is defined
	 * by {@link LaneSpec#named}.
	 *
	 * @param name name of the lane, as it appears in meters, messages and thread names
	 * @param kind platform or virtual threads
	 * @param threads most calls that run at the same time, at least 1
	 * @param queueCapacity most calls that wait for a thread; with 0 the lane rejects as
	 * soon as all threads are busy
	 * @param queueTimeout longest time a call may wait for a thread, {@code null} for no
	 * limit
	 * @param runTimeout longest time a call may run, {@code null} for no limit
	 * @param onCancel what happens to running code whose subscriber is gone
	 * @param maxOpen most streams and sessions that are open at the same time; a stream
	 * occupies a thread only while it reads, but reserves a permit so that it is never
	 * rejected half-way
	 * @param keepAlive how long an idle platform thread stays
	 */
	public record Limits(String name, LaneKind kind, int threads, int queueCapacity, @Nullable Duration queueTimeout,
			@Nullable Duration runTimeout, OnCancel onCancel, int maxOpen, Duration keepAlive) {
	}

}
