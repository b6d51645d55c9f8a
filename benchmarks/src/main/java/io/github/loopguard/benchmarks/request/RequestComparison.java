package io.github.loopguard.benchmarks.request;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.github.loopguard.benchmarks.request.Server.Cost;
import io.github.loopguard.benchmarks.request.Server.Detector;

/**
 * Measures what a request costs that does not block: with BlockHound, with BlockHound
 * once more, which shows what differs by chance, and with Loopguard. The three take
 * turns.
 */
public final class RequestComparison {

	private static final int WARM_UP = 30_000;

	private static final int REQUESTS = 10_000;

	private final Map<Arm, List<Cost>> costs = new EnumMap<>(Arm.class);

	private RequestComparison() {
	}

	/**
	 * Runs and prints the comparison.
	 * @param args how many JVMs each gets one after the other, 5 if absent, and how many
	 * turns a JVM takes, 1 if absent
	 * @throws Exception if a server fails
	 */
	public static void main(String[] args) throws Exception {
		int jvms = (args.length > 0) ? Integer.parseInt(args[0]) : 5;
		int turns = (args.length > 1) ? Integer.parseInt(args[1]) : 1;
		System.out.printf("JDK %s, %d times %d turns of %d requests after %d to warm up%n%n", Runtime.version(), jvms,
				turns, REQUESTS, WARM_UP);
		RequestComparison comparison = new RequestComparison();
		for (int jvm = 1; jvm <= jvms; jvm++) {
			comparison.run(turns);
		}
		boolean cpu = comparison.print("CPU time per request, µs", (cost) -> cost.cpu() / 1000);
		boolean bytes = comparison.print("allocated per request, bytes", Cost::bytes);
		System.exit((cpu && bytes) ? 0 : 1);
	}

	private void run(int turns) throws Exception {
		Map<Arm, Server> servers = new EnumMap<>(Arm.class);
		try {
			for (Arm arm : Arm.values()) {
				Server server = Server.start(arm.detector);
				servers.put(arm, server);
				server.request(WARM_UP);
			}
			for (int turn = 0; turn < turns; turn++) {
				for (Map.Entry<Arm, Server> entry : servers.entrySet()) {
					Cost cost = entry.getValue().measure(REQUESTS);
					this.costs.computeIfAbsent(entry.getKey(), (missing) -> new ArrayList<>()).add(cost);
					System.out.printf("%-18s %8.1f µs CPU %8.0f bytes%n", entry.getKey(), cost.cpu() / 1000,
							cost.bytes());
				}
			}
			for (Server server : servers.values()) {
				server.check();
			}
		}
		finally {
			servers.values().forEach(Server::close);
		}
	}

	private boolean print(String title, ToDoubleFunction<Cost> figure) {
		System.out.printf("%n%-30s %10s %10s %10s%n", title, "median", "least", "most");
		for (Arm arm : Arm.values()) {
			DoubleSummaryStatistics spread = figures(figure, arm).summaryStatistics();
			System.out.printf("%-30s %10.1f %10.1f %10.1f%n", arm, median(figure, arm), spread.getMin(),
					spread.getMax());
		}
		DoubleSummaryStatistics spread = Stream.of(Arm.BLOCKHOUND, Arm.BLOCKHOUND_AGAIN)
			.flatMapToDouble((arm) -> figures(figure, arm))
			.summaryStatistics();
		double loopguard = median(figure, Arm.LOOPGUARD);
		boolean within = loopguard <= spread.getMax();
		System.out.printf("Loopguard's median is %s of BlockHound's two series, %.1f to %.1f%n",
				within ? "within the spread" : "NOT within the spread", spread.getMin(), spread.getMax());
		return within;
	}

	private double median(ToDoubleFunction<Cost> figure, Arm arm) {
		double[] sorted = figures(figure, arm).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	private DoubleStream figures(ToDoubleFunction<Cost> figure, Arm arm) {
		return this.costs.getOrDefault(arm, List.of()).stream().mapToDouble(figure);
	}

	private enum Arm {

		BLOCKHOUND(Detector.BLOCKHOUND),

		BLOCKHOUND_AGAIN(Detector.BLOCKHOUND),

		LOOPGUARD(Detector.LOOPGUARD);

		private final Detector detector;

		Arm(Detector detector) {
			this.detector = detector;
		}

	}

}
