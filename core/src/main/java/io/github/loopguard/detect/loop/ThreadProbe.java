package io.github.loopguard.detect.loop;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the JVM tells about its threads and itself.
 */
final class ThreadProbe {

	private static final int MOST_FRAMES = 1_024;

	/** From then on, the stack of one thread is taken while all others go on. */
	private static final boolean ONE_BY_ONE = Runtime.version().feature() >= 21;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final boolean cpuTimes = this.threads.isThreadCpuTimeSupported() && this.threads.isThreadCpuTimeEnabled();

	private final List<GarbageCollectorMXBean> pauses = ManagementFactory.getGarbageCollectorMXBeans()
		.stream()
		.filter((collector) -> !collector.getName().contains("Cycles") && !collector.getName().contains("Concurrent"))
		.toList();

	/**
	 * Returns whether the CPU time of other threads is known.
	 */
	boolean hasCpuTimes() {
		return this.cpuTimes;
	}

	/**
	 * Returns the CPU time of a thread in nanoseconds, or -1 if it is not known.
	 */
	long cpuTime(long thread) {
		return this.cpuTimes ? this.threads.getThreadCpuTime(thread) : -1;
	}

	/**
	 * Returns the CPU times of threads in nanoseconds, -1 if they are not known.
	 */
	long[] cpuTimes(long[] threads) {
		long[] times = null;
		try {
			times = this.cpuTimes ? AllTimes.get(this.threads, threads) : null;
		}
		catch (LinkageError ex) {
			// asked for one by one
		}
		return (times != null) ? times : Arrays.stream(threads).map(this::cpuTime).toArray();
	}

	/**
	 * Returns how many threads have been started so far.
	 */
	long started() {
		return this.threads.getTotalStartedThreadCount();
	}

	/**
	 * Returns what some threads do, {@code null} for those that have ended. Before JDK
	 * 21, taking stacks stops the JVM for moments, so all of them are taken at once.
	 */
	List<@Nullable Sample> samples(Collection<WatchedLoop> loops) {
		long[] ids = loops.stream().mapToLong(WatchedLoop::id).toArray();
		@Nullable ThreadInfo[] infos = this.threads.getThreadInfo(ids, ONE_BY_ONE ? 0 : MOST_FRAMES);
		List<@Nullable Sample> samples = new ArrayList<>();
		int index = 0;
		for (WatchedLoop loop : loops) {
			Thread thread = loop.thread();
			ThreadInfo info = infos[index++];
			samples.add((info == null || thread == null) ? null
					: sample(loop, info, ONE_BY_ONE ? thread.getStackTrace() : info.getStackTrace()));
		}
		return samples;
	}

	private static Sample sample(WatchedLoop loop, ThreadInfo info, StackTraceElement[] frames) {
		Sample sample = Sample.of(info, frames);
		return (sample.isInNativeCode() && CpuQueue.isRunnable(loop)) ? sample.asRunnable() : sample;
	}

	/**
	 * Returns the CPU time of the whole JVM in nanoseconds, or -1 if it is not known.
	 */
	long processCpuTime() {
		try {
			return ProcessTime.get();
		}
		catch (LinkageError ex) {
			return -1;
		}
	}

	/**
	 * Returns for how long garbage collections have stopped the JVM, in milliseconds.
	 */
	long collectionTime() {
		long total = 0;
		for (GarbageCollectorMXBean collector : this.pauses) {
			total += Math.max(0, collector.getCollectionTime());
		}
		return total;
	}

	/**
	 * Loaded only where the JVM has the module for it.
	 */
	private static final class AllTimes {

		private static long @Nullable [] get(ThreadMXBean bean, long[] threads) {
			return (bean instanceof com.sun.management.ThreadMXBean all) ? all.getThreadCpuTime(threads) : null;
		}

	}

	/**
	 * Loaded only where the JVM has the module for it.
	 */
	private static final class ProcessTime {

		/** Looking it up takes longer than asking it. */
		private static final OperatingSystemMXBean BEAN = ManagementFactory.getOperatingSystemMXBean();

		private static long get() {
			return (BEAN instanceof com.sun.management.OperatingSystemMXBean system) ? system.getProcessCpuTime() : -1;
		}

	}

}
