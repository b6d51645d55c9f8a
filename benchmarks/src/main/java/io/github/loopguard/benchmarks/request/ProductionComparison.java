package io.github.loopguard.benchmarks.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

import io.github.loopguard.benchmarks.request.Server.Cost;
import io.github.loopguard.benchmarks.request.Server.Detector;

/**
 * Measures what the profile production costs a request: the same application without
 * Loopguard, once more without it, which shows what differs by chance, and with it. All
 * three run side by side, and are asked one after the other in each round, so that what
 * disturbs the machine disturbs all of them.
 */
public final class ProductionComparison {

	/** Most that the mean may be, and the upper bound of it. */
	private static final double MOST = 1.02;

	private static final double MOST_BOUND = 1.03;

	private static final int WARM_UP_STEPS = 8;

	private static final int WARM_UP = 20_000;

	/** Without Loopguard, again without it, and with it. */
	private static final List<Detector> ARMS = List.of(Detector.NONE, Detector.NONE, Detector.PRODUCTION);

	private final int requests;

	private final List<Figure> figures = List.of(new Figure("µs of CPU time a request", (cost) -> cost.cpu() / 1000),
			new Figure("bytes allocated a request", Cost::bytes));

	private final Random random = new Random(1);

	private ProductionComparison(int requests) {
		this.requests = requests;
	}

	/**
	 * Runs and prints the comparison.
	 * @param args how many JVMs each gets one after the other, 3 if absent, how many
	 * rounds these take part in, 8 if absent, and how many requests each gets in a round,
	 * 20,000 if absent
	 * @throws Exception if a server fails
	 */
	public static void main(String[] args) throws Exception {
		int jvms = (args.length > 0) ? Integer.parseInt(args[0]) : 3;
		int rounds = (args.length > 1) ? Integer.parseInt(args[1]) : 8;
		int requests = (args.length > 2) ? Integer.parseInt(args[2]) : 20_000;
		System.out.printf("JDK %s, %d JVMs, %d rounds of %d requests each after %d to warm up%n%n", Runtime.version(),
				jvms, rounds, requests, WARM_UP * WARM_UP_STEPS);
		ProductionComparison comparison = new ProductionComparison(requests);
		for (int jvm = 0; jvm < jvms; jvm++) {
			comparison.run(rounds);
		}
		System.exit(comparison.print() ? 0 : 1);
	}

	private void run(int rounds) throws Exception {
		List<Server> servers = new ArrayList<>();
		try {
			for (Detector arm : ARMS) {
				servers.add(Server.start(arm));
			}
			for (Server server : servers) {
				server.awaitDetectors();
			}
			for (int step = 0; step < WARM_UP_STEPS; step++) {
				for (Server server : servers) {
					server.request(WARM_UP);
				}
			}
			for (int round = 0; round < rounds; round++) {
				round(servers);
			}
			for (Server server : servers) {
				server.check();
			}
		}
		finally {
			servers.forEach(Server::close);
		}
	}

	private void round(List<Server> servers) throws Exception {
		List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
		Collections.shuffle(order, this.random);
		Cost[] costs = new Cost[ARMS.size()];
		for (int arm : order) {
			costs[arm] = servers.get(arm).measure(this.requests);
		}
		this.figures.forEach((figure) -> figure.add(costs[0], costs[1], costs[2]));
	}

	private boolean print() {
		boolean met = true;
		for (Figure figure : this.figures) {
			met &= figure.print();
		}
		return met;
	}

	/**
	 * Something that a request costs.
	 */
	private static final class Figure {

		private final String title;

		private final ToDoubleFunction<Cost> value;

		private final Ratios again = new Ratios();

		private final Ratios production = new Ratios();

		Figure(String title, ToDoubleFunction<Cost> value) {
			this.title = title;
			this.value = value;
		}

		/**
		 * Adds a round. Production is compared with the mean of the other two.
		 */
		void add(Cost alone, Cost again, Cost production) {
			double one = this.value.applyAsDouble(alone);
			double other = this.value.applyAsDouble(again);
			double with = this.value.applyAsDouble(production);
			this.again.add(other, one);
			this.production.add(with, (one + other) / 2);
			System.out.printf("%-26s %10.1f %10.1f %10.1f%n", this.title, one, other, with);
		}

		boolean print() {
			boolean within = this.production.mean() <= MOST && this.production.upperBound() <= MOST_BOUND;
			System.out.printf("%n%s%n  without Loopguard, again: %s%n  production: %s: %s%n", this.title, this.again,
					this.production, within ? "within the limit" : "NOT within the limit");
			return within;
		}

	}

}
