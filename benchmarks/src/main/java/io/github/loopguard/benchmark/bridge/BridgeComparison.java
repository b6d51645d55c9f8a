package io.github.loopguard.benchmark.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

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

	private static final int ROUNDS = 1500;

	private static final int WARMUP_ROUNDS = 400;

	private static final int CALLS_PER_TURN = 1000;

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
				Lane lane = bridge.lane(spec.name());
				candidates.add(new Candidate(spec.name() + " lane", lane::call));
			});
			System.out.printf("JDK %s, %d cores%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
			for (int inFlight : new int[] { 1, 10, 1000 }) {
				compare(candidates, inFlight);
			}
		}
		System.exit(0);
	}

	private static void compare(List<Candidate> candidates, int inFlight) {
		double[][] times = new double[candidates.size()][ROUNDS];
		for (int round = -WARMUP_ROUNDS; round < ROUNDS; round++) {
			for (int i = 0; i < candidates.size(); i++) {
				// Nobody always goes first.
				int turn = Math.floorMod(i + round, candidates.size());
				double time = turn(candidates.get(turn), inFlight);
				if (round >= 0) {
					times[turn][round] = time;
				}
			}
		}
		double baseline = quantile(times[0], 0.5);
		double quickest = quantile(times[0], 0.1);
		for (int i = 0; i < times.length; i++) {
			double median = quantile(times[i], 0.5);
			double low = quantile(times[i], 0.1);
			System.out.println(String.format(Locale.ROOT,
					"in flight %4d  %-30s median %7.2f us/call  ratio %.2f   p10 %7.2f us/call  ratio %.2f", inFlight,
					candidates.get(i).name(), median, median / baseline, low, low / quickest));
		}
	}

	/**
	 * Returns microseconds a call.
	 */
	private static double turn(Candidate candidate, int inFlight) {
		int calls = (inFlight == 1) ? 100 : CALLS_PER_TURN;
		long start = System.nanoTime();
		Flux.range(0, calls).flatMap((i) -> candidate.call().apply(() -> work(i)), inFlight).blockLast();
		return (System.nanoTime() - start) / 1e3 / calls;
	}

	private static double quantile(double[] values, double quantile) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) (sorted.length * quantile)];
	}

	private static int work(int i) {
		Blackhole.consumeCPU(50);
		return i;
	}

	private record Candidate(String name, Function<Callable<Integer>, Mono<Integer>> call) {
	}

}
