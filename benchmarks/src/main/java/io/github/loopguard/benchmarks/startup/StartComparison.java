package io.github.loopguard.benchmarks.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.benchmarks.request.Server;
import io.github.loopguard.benchmarks.request.Server.Detector;

/**
 * Measures what the profile production adds to the start of an application, beside what
 * BlockHound alone adds: the time until the first answer, and the CPU time until then and
 * of the first 30 s. New JVMs take turns, and each is compared with those of its round: a
 * machine may be slower by a quarter for minutes.
 */
public final class StartComparison {

	private static final Duration START = Duration.ofSeconds(30);

	/** Most that production may add until the first answer, as a share of BlockHound. */
	private static final double MOST = 0.15;

	private static final double MOST_CPU = 0.30;

	/** In which order they start. */
	private static final List<Detector> ARMS = List.of(Detector.NONE, Detector.BLOCKHOUND, Detector.PRODUCTION);

	private final Map<Detector, List<Double>> answered = new EnumMap<>(Detector.class);

	private final Map<Detector, List<Double>> cpuAnswered = new EnumMap<>(Detector.class);

	private final Map<Detector, List<Double>> cpu = new EnumMap<>(Detector.class);

	private StartComparison() {
	}

	/**
	 * Runs and prints the comparison.
	 * @param args how many starts each gets to the first answer, 16 if absent, and how
	 * many of 30 s, 4 if absent
	 * @throws Exception if a server fails
	 */
	public static void main(String[] args) throws Exception {
		int answers = (args.length > 0) ? Integer.parseInt(args[0]) : 16;
		int starts = (args.length > 1) ? Integer.parseInt(args[1]) : 4;
		System.out.printf("JDK %s, %d starts to the first answer and %d of %d s, means in seconds%n%n",
				Runtime.version(), answers, starts, START.toSeconds());
		StartComparison comparison = new StartComparison();
		for (int i = 0; i <= answers; i++) {
			comparison.toAnswer(i > 0);
		}
		for (int i = 0; i < starts; i++) {
			comparison.first();
		}
		boolean met = print("to the first answer", comparison.answered, MOST);
		print("CPU time to the first answer", comparison.cpuAnswered, Double.NaN);
		met &= print("CPU time of the first " + START.toSeconds() + " s", comparison.cpu, MOST_CPU);
		System.exit(met ? 0 : 1);
	}

	private void toAnswer(boolean counts) throws Exception {
		for (Detector arm : ARMS) {
			long start = System.nanoTime();
			try (Server server = Server.start(arm)) {
				server.ask();
				double answered = (System.nanoTime() - start) / 1e9;
				double cpu = seconds(server);
				System.out.printf("%-12s first answer %.2f s, CPU %.2f s%n", arm, answered, cpu);
				if (counts) {
					add(this.answered, arm, answered);
					add(this.cpuAnswered, arm, cpu);
				}
			}
		}
	}

	/**
	 * Lets all of them live for the same time: the next one starts when the one before
	 * has answered, and they have nothing to do after that.
	 */
	private void first() throws Exception {
		List<Server> servers = new ArrayList<>();
		List<Long> started = new ArrayList<>();
		try {
			for (Detector arm : ARMS) {
				started.add(System.nanoTime());
				Server server = Server.start(arm);
				servers.add(server);
				server.ask();
			}
			for (int i = 0; i < servers.size(); i++) {
				TimeUnit.NANOSECONDS.sleep(started.get(i) + START.toNanos() - System.nanoTime());
				double cpu = seconds(servers.get(i));
				System.out.printf("%-12s CPU of %d s: %.2f s%n", ARMS.get(i), START.toSeconds(), cpu);
				add(this.cpu, ARMS.get(i), cpu);
			}
		}
		finally {
			servers.forEach(Server::close);
		}
	}

	private static double seconds(Server server) {
		return server.cpu().toMillis() / 1e3;
	}

	private static void add(Map<Detector, List<Double>> all, Detector arm, double value) {
		all.computeIfAbsent(arm, (missing) -> new ArrayList<>()).add(value);
	}

	private static boolean print(String title, Map<Detector, List<Double>> all, double most) {
		Added blockHound = Added.of(all, Detector.BLOCKHOUND);
		Added production = Added.of(all, Detector.PRODUCTION);
		double share = production.mean() / blockHound.mean();
		System.out.printf("%-30s alone %6.2f, BlockHound + %s, production + %s: share %5.2f%s%n", title,
				all.getOrDefault(Detector.NONE, List.of())
					.stream()
					.mapToDouble(Double::doubleValue)
					.average()
					.orElse(Double.NaN),
				blockHound, production, share, Double.isNaN(most) ? "" : " (at most " + most + ")");
		all.forEach((arm, values) -> System.out.printf("  %-12s %s%n", arm, values));
		return share <= most;
	}

	/**
	 * What a detector adds to a start without one.
	 *
	 * @param mean mean over the rounds, in seconds
	 * @param error standard error of the mean
	 */
	private record Added(double mean, double error) {

		static Added of(Map<Detector, List<Double>> all, Detector arm) {
			List<Double> alone = all.getOrDefault(Detector.NONE, List.of());
			List<Double> with = all.getOrDefault(arm, List.of());
			int rounds = alone.size();
			double sum = 0;
			double squares = 0;
			for (int i = 0; i < rounds; i++) {
				double added = with.get(i) - alone.get(i);
				sum += added;
				squares += added * added;
			}
			double mean = sum / rounds;
			return new Added(mean, Math.sqrt((squares / rounds - mean * mean) / (rounds - 1)));
		}

		@Override
		public String toString() {
			return String.format("%.2f ± %.2f", this.mean, this.error);
		}

	}

}
