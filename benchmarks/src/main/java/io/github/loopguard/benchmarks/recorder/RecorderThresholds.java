package io.github.loopguard.benchmarks.recorder;

import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.flight.FlightRecorder;
import io.github.loopguard.detect.flight.FlightRecorderSettings;
import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * Prints what the flight recorder detector costs by its threshold, where threads that are
 * no event loops read files and wait: CPU time of the JVM for each operation, least of
 * several rounds.
 */
public final class RecorderThresholds {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final int READS = 400_000;

	private static final int SHORT_WAITS = 40_000;

	private static final int LONG_WAITS = 100;

	private static final int WAITING_THREADS = 100;

	private final Map<String, Load> loads = new LinkedHashMap<>();

	private final FlightRecorder detector;

	private RecorderThresholds(Path file) {
		this.loads.put("read 64 bytes", new Load(2, READS, () -> read(file)));
		this.loads.put("park 1 µs",
				new Load(2, SHORT_WAITS, () -> park(SHORT_WAITS, TimeUnit.MICROSECONDS.toNanos(1))));
		this.loads.put("park 12 ms, 100 threads",
				new Load(WAITING_THREADS, LONG_WAITS, () -> park(LONG_WAITS, TimeUnit.MILLISECONDS.toNanos(12))));
		Catalog catalog = Catalog.shipped();
		OccurrenceRecorder recorder = new OccurrenceRecorder(catalog, new Ledger(catalog), ApplicationPackages.NONE,
				Policy.defaults(catalog));
		this.detector = new FlightRecorder(recorder::outside, (thread) -> 0, (begin, end) -> 0, List::of);
	}

	/**
	 * Runs and prints the measurement.
	 * @param args number of rounds, 3 if absent
	 * @throws Exception if a file cannot be written
	 */
	public static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 3;
		Path file = Files.write(Files.createTempFile("thresholds", ".bin"), new byte[64]);
		try {
			new RecorderThresholds(file).run(rounds);
		}
		finally {
			Files.delete(file);
		}
		System.exit(0);
	}

	private void run(int rounds) throws InterruptedException {
		System.out.printf("JDK %s, least of %d rounds, µs of CPU time for each operation%n%n%-12s", Runtime.version(),
				rounds, "threshold");
		this.loads.keySet().forEach((name) -> System.out.printf(" %24s", name));
		System.out.println();
		Map<Integer, List<List<Double>>> all = new LinkedHashMap<>();
		for (int round = 0; round <= rounds; round++) {
			for (int threshold : new int[] { -1, 20, 10, 1, 0 }) {
				List<Double> costs = measure(threshold);
				if (round > 0) {
					all.computeIfAbsent(threshold, (key) -> new ArrayList<>()).add(costs);
				}
			}
		}
		all.forEach((threshold, costs) -> {
			System.out.printf("%-12s", (threshold < 0) ? "off" : threshold + " ms");
			for (int i = 0; i < this.loads.size(); i++) {
				int load = i;
				System.out.printf(" %24.3f",
						costs.stream().mapToDouble((of) -> of.get(load)).min().orElseThrow() / 1e3);
			}
			System.out.println();
		});
		System.out.printf("%nevents dropped: %d%n", this.detector.dropped());
	}

	private List<Double> measure(int threshold) throws InterruptedException {
		this.detector.configure((threshold < 0) ? FlightRecorderSettings.OFF : new FlightRecorderSettings(true,
				Duration.ofMillis(threshold), Duration.ZERO, Paths.NAME, List.of(), 600, false));
		while (this.detector.isRecording() != threshold >= 0) {
			Thread.sleep(50);
		}
		List<Double> costs = new ArrayList<>();
		for (Load load : this.loads.values()) {
			costs.add(load.run());
		}
		return costs;
	}

	private static void read(Path path) throws Exception {
		byte[] bytes = new byte[64];
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
			for (int i = 0; i < READS; i++) {
				file.seek(0);
				file.read(bytes);
			}
		}
	}

	private static void park(int times, long nanos) {
		for (int i = 0; i < times; i++) {
			LockSupport.parkNanos(nanos);
		}
	}

	/**
	 * What some threads do.
	 */
	private record Load(int threads, int times, Work work) {

		/**
		 * Returns the CPU time of one operation in nanoseconds, with what the detector
		 * reads within the second after it.
		 */
		double run() throws InterruptedException {
			long before = SYSTEM.getProcessCpuTime();
			List<Thread> running = new ArrayList<>();
			for (int i = 0; i < this.threads; i++) {
				Thread thread = new Thread(this.work::attempt, "load-" + i);
				thread.start();
				running.add(thread);
			}
			for (Thread thread : running) {
				thread.join();
			}
			Thread.sleep(1_500);
			return (double) (SYSTEM.getProcessCpuTime() - before) / this.threads / this.times;
		}

	}

	/**
	 * Something that may fail.
	 */
	private interface Work {

		void run() throws Exception;

		default void attempt() {
			try {
				run();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
