package io.github.loopguard.detect.loop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells an event loop that waits for a CPU from one that waits for something else, where
 * Linux shows it: from outside, both stand still in the same native method. Confined to
 * the monitor's thread.
 */
final class CpuQueue {

	private static final Path TASKS = Path.of("/proc/self/task");

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);

	private final ThreadProbe probe;

	private long pause = SHORTEST_PAUSE;

	private long searchedAt = System.nanoTime() - SHORTEST_PAUSE;

	private int unknown;

	CpuQueue(ThreadProbe probe) {
		this.probe = probe;
	}

	/**
	 * Finds out which threads of Linux those of event loops are. It does not know them by
	 * the JVM's identifiers, but by the CPU time that they have used, to the nanosecond,
	 * which does not change while a thread stands still: one that works is found later.
	 */
	void find(Collection<WatchedLoop> loops, long now) {
		int unknown = 0;
		for (WatchedLoop loop : loops) {
			unknown += (loop.task == null) ? 1 : 0;
		}
		if (unknown > this.unknown) {
			this.pause = SHORTEST_PAUSE;
		}
		this.unknown = unknown;
		if (unknown == 0 || now - this.searchedAt < this.pause) {
			return;
		}
		Map<Long, Path> tasks = tasks();
		for (WatchedLoop loop : loops) {
			if (loop.task == null) {
				loop.task = tasks.get(this.probe.cpuTime(loop.id()));
			}
		}
		this.searchedAt = System.nanoTime();
		this.pause = Math.min(LONGEST_PAUSE, 2 * this.pause);
	}

	/**
	 * Returns whether the thread of an event loop is known to run, or to wait for nothing
	 * but a CPU.
	 */
	static boolean isRunnable(WatchedLoop loop) {
		Path task = loop.task;
		String stat = (task != null) ? read(task.resolve("stat")) : "";
		// What comes before may contain anything: it is the name of the thread.
		return stat.startsWith(") R", stat.lastIndexOf(')'));
	}

	/**
	 * Returns the threads of Linux by the CPU time that they have used.
	 */
	private static Map<Long, Path> tasks() {
		Map<Long, Path> tasks = new HashMap<>();
		try (DirectoryStream<Path> all = Files.newDirectoryStream(TASKS)) {
			for (Path task : all) {
				String times = read(task.resolve("schedstat"));
				int end = times.indexOf(' ');
				if (end > 0) {
					tasks.put(Long.parseLong(times.substring(0, end)), task);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// Not known here, or forbidden.
		}
		return tasks;
	}

	private static String read(Path file) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
		}
		catch (IOException | RuntimeException ex) {
			return "";
		}
	}

}
