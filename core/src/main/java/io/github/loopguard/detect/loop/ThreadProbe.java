package io.github.loopguard.detect.loop;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the JVM tells about its threads and itself.
 */
final class ThreadProbe {

	private static final int MOST_FRAMES = 1_024;

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
	 * Returns the stacks of some threads, {@code null} for those that have ended. All of
	 * them are taken at once, because taking them stops the JVM for moments.
	 */
	@Nullable ThreadInfo[] stacks(Collection<Long> threads) {
		long[] ids = threads.stream().mapToLong(Long::longValue).toArray();
		return this.threads.getThreadInfo(ids, MOST_FRAMES);
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
		return this.pauses.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).filter((it) -> it > 0).sum();
	}

	/**
	 * Loaded only where the JVM has the module for it.
	 */
	private static final class ProcessTime {

		private static long get() {
			return (ManagementFactory
				.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system)
						? system.getProcessCpuTime() : -1;
		}

	}

}
