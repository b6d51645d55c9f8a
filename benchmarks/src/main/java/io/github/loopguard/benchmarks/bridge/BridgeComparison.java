package io.github.loopguard.benchmarks.bridge;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

import com.sun.management.OperatingSystemMXBean;
import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The comparison of {@link BridgeBenchmark} for machines that are not quiet: the
 * candidates take turns of a few milliseconds, so that whatever disturbs one disturbs
 * all, and the medians of the turns are compared.
 */
public final class BridgeComparison {

	private static final int ROUNDS = 400;

	private static final int WARMUP_ROUNDS = 100;

	private static final int CALLS_PER_TURN = 1000;

	private static final double MOST = 1.10;

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private BridgeComparison() {
	}

	/**
	 * Runs the comparison and prints a table.
	 * @param args not used
	 */
	public static void main(String[] args) {
		List<LaneSpec> lanes = new ArrayList<>();
		lanes.add(LaneSpec.named("platform").withQueueCapacity(10_000));
		if (Runtime.version().feature() >= 21) {
			lanes.add(LaneSpec.named("virtual").withKind(LaneKind.VIRTUAL).withQueueCapacity(10_000));
		}
		try (BlockingBridge bridge = new BlockingBridge(lanes)) {
			List<Candidate> candidates = new ArrayList<>();
			candidates.add(new Candidate("fromCallable().subscribeOn()",
					(work) -> Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic())));
			candidates.add(new Candidate("bridge.call", bridge::call));
			lanes.forEach((spec) -> {
				Lane lane = bridge.lane(spec.limits().name());
				candidates.add(new Candidate(spec.limits().name() + " lane", lane::call));
			});
			System.out.printf("JDK %s, %d cores%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
			boolean met = true;
			for (int inFlight : new int[] { 1, 10, 1000 }) {
				met &= compare(candidates, inFlight);
			}
			System.out.printf("A call of the bridge costs %s %.2f of what plain Reactor costs.%n",
					met ? "at most" : "MORE than", MOST);
			System.exit(met ? 0 : 1);
		}
	}

	private static boolean compare(List<Candidate> candidates, int inFlight) {
		Cost[][] costs = new Cost[candidates.size()][ROUNDS];
		for (int round = -WARMUP_ROUNDS; round < ROUNDS; round++) {
			for (int i = 0; i < candidates.size(); i++) {
				// Nobody always goes first.
				int turn = Math.floorMod(i + round, candidates.size());
				Cost cost = turn(candidates.get(turn), inFlight);
				if (round >= 0) {
					costs[turn][round] = cost;
				}
			}
		}
		double[] ratios = new double[costs.length];
		for (int i = 0; i < costs.length; i++) {
			double elapsed = elapsed(costs[i]);
			double cpu = cpu(costs[i]);
			ratios[i] = elapsed / elapsed(costs[0]);
			System.out.println(String.format(Locale.ROOT,
					"in flight %4d  %-30s elapsed %7.2f us/call  ratio %.2f   CPU %7.2f us/call  ratio %.2f", inFlight,
					candidates.get(i).name(), elapsed, ratios[i], cpu, cpu / cpu(costs[0])));
		}
		return ratios[1] <= MOST;
	}

	private static Cost turn(Candidate candidate, int inFlight) {
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		Flux.range(0, CALLS_PER_TURN).flatMap((i) -> candidate.call().apply(() -> work(i)), inFlight).blockLast();
		double calls = 1e3 * CALLS_PER_TURN;
		return new Cost((System.nanoTime() - start) / calls, (SYSTEM.getProcessCpuTime() - cpu) / calls);
	}

	private static double elapsed(Cost[] costs) {
		return Arrays.stream(costs)
			.mapToDouble(Cost::elapsed)
			.sorted()
			.skip(costs.length / 2)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Returns the mean, because the clock of CPU time only ticks every few milliseconds.
	 */
	private static double cpu(Cost[] costs) {
		return Arrays.stream(costs).mapToDouble(Cost::cpu).average().orElseThrow();
	}

	private static int work(int i) {
		Blackhole.consumeCPU(50);
		return i;
	}

	/**
	 * What a call cost in one turn.
	 *
	 * @param elapsed elapsed microseconds
	 * @param cpu microseconds of the JVM's CPU time
	 */
	private record Cost(double elapsed, double cpu) {
	}

	private record Candidate(String name, Function<Callable<Integer>, Mono<Integer>> call) {
	}

}
