package io.github.loopguard.detect.thread;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.internal.shaded.org.jctools.queues.QueueProgressIndicators;
import org.jspecify.annotations.Nullable;

/**
 * What the executor of another thread shows from outside: how many tasks wait, and
 * whether it has gone on to another one. Reading it wakes nothing and runs nothing.
 */
public final class ExecutorProgress {

	private static final boolean NETTY = isPresent();

	/** Of an executor that shows nothing. */
	public static final ExecutorProgress NONE = new ExecutorProgress();

	private final Reference<Object> executor;

	private final @Nullable QueueProgressIndicators queue, tail;

	private final @Nullable AtomicLong wakeup;

	private final OutsideExecutors.@Nullable SelectedKeys selected;

	private ExecutorProgress() {
		this.executor = new WeakReference<>(null);
		this.queue = null;
		this.tail = null;
		this.wakeup = null;
		this.selected = null;
	}

	private ExecutorProgress(Object executor) {
		this.executor = new WeakReference<>(executor);
		this.queue = OutsideExecutors.queue(executor);
		this.tail = OutsideExecutors.tail(executor);
		this.wakeup = OutsideExecutors.wakeup(executor);
		this.selected = OutsideExecutors.selected(executor);
	}

	/**
	 * Returns the progress of the executor that a thread runs.
	 * @param thread the thread
	 * @return its progress, {@link #NONE} if the executor is not known
	 */
	public static ExecutorProgress of(Thread thread) {
		Object executor = NETTY ? OutsideExecutors.of(thread) : null;
		return (executor != null) ? new ExecutorProgress(executor) : NONE;
	}

	/**
	 * Returns whether a thread still runs this executor.
	 * @param thread the thread
	 * @return whether it does, rather than another one or none; always, if this is
	 * {@link #NONE}
	 */
	public boolean isOf(Thread thread) {
		return this == NONE || OutsideExecutors.of(thread) == this.executor.get();
	}

	/**
	 * Returns the role of a thread of Netty by its executor.
	 */
	static ThreadRole role(Thread thread) {
		return NETTY ? OutsideExecutors.role(OutsideExecutors.of(thread)) : ThreadRole.UNKNOWN;
	}

	/**
	 * Returns the number of tasks that wait.
	 * @return how many, or {@code null} if unknown
	 */
	public @Nullable Integer pending() {
		Object executor = this.executor.get();
		return (executor != null) ? OutsideExecutors.pending(executor) : null;
	}

	/**
	 * Returns the number of tasks that wait for any thread which runs one after the
	 * other.
	 * @param thread the thread
	 * @return how many, or {@code null} if unknown
	 */
	public static @Nullable Integer waitingFor(Thread thread) {
		Object executor = NETTY ? OutsideExecutors.of(thread) : null;
		return (executor != null) ? OutsideExecutors.pending(executor) : ReactorExecutors.waitingFor(thread);
	}

	/**
	 * Lets an event loop that stands still tell when it has gone on.
	 * @param thread its thread
	 * @param read called on it once it has read from all connections that wait
	 * @param over called on it once it has also run the timers that were due
	 * @return makes it tell nothing any more, or {@code null} if it reads from nothing,
	 * or cannot tell
	 */
	public static @Nullable Runnable mark(Thread thread, Runnable read, Runnable over) {
		Object executor = NETTY ? OutsideExecutors.of(thread) : null;
		return (executor != null) ? PassMarker.add(executor, read, over) : null;
	}

	/**
	 * Returns whether the executor itself tells that it waits for work now.
	 * @return whether it does; if not, it may wait all the same
	 */
	public boolean isWaiting() {
		return this.wakeup != null && this.wakeup.get() != OutsideExecutors.AWAKE;
	}

	/**
	 * Returns whether the executor shows that it reads from no connection now.
	 * @return whether it waits for work, if it runs no task either
	 */
	public boolean readsNothing() {
		return this.selected != null && this.selected.isEmpty();
	}

	/**
	 * Returns whether the executor itself tells that it is at work now.
	 * @return whether it does; if not, it may be at work all the same
	 */
	public boolean isAtWork() {
		return (this.wakeup != null) ? this.wakeup.get() == OutsideExecutors.AWAKE
				: this.selected != null && !this.selected.isEmpty();
	}

	/**
	 * Returns whether each task shows that is taken from the queue.
	 * @return whether {@link #taken} and {@link #stamp} change with each
	 */
	public boolean isExact() {
		return this.queue != null;
	}

	/**
	 * Returns how many tasks the executor has taken from its queues.
	 * @return how many, zero if they do not show it
	 */
	public long taken() {
		return taken(this.queue) + taken(this.tail);
	}

	private static long taken(@Nullable QueueProgressIndicators queue) {
		return (queue != null) ? queue.currentConsumerIndex() : 0;
	}

	/**
	 * Returns a number that changes when the executor goes on to another task. It may
	 * stay the same while it reads from one connection after the other.
	 * @return the number
	 */
	public long stamp() {
		Object executor = this.executor.get();
		return (executor != null) ? 31 * OutsideExecutors.lastActivity(executor) + taken() : 0;
	}

	private static boolean isPresent() {
		try {
			ClassLoader loader = ExecutorProgress.class.getClassLoader();
			Class.forName("io.netty.util.concurrent.FastThreadLocalThread", false, loader);
			Class.forName("io.netty.channel.EventLoop", false, loader);
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
