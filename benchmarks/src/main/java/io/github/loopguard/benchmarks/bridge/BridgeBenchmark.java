package io.github.loopguard.benchmarks.bridge;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneKind;
import io.github.loopguard.bridge.LaneSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What a call costs, next to {@code fromCallable().subscribeOn(boundedElastic())}: the
 * time until all of a number of concurrent calls have answered.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class BridgeBenchmark {

	/**
	 * How many calls are under way at the same time.
	 */
	@Param({ "1", "10", "1000" })
	public int inFlight;

	private @Nullable BlockingBridge bridge;

	private @Nullable Lane platform;

	private @Nullable Lane virtual;

	/**
	 * Makes the lanes.
	 */
	@Setup
	public void open() {
		BlockingBridge made = new BlockingBridge(List.of());
		LaneSpec spec = LaneSpec.named("platform").withQueueCapacity(10_000);
		this.platform = made.define(spec);
		if (Runtime.version().feature() >= 21) {
			LaneSpec virtualSpec = LaneSpec.named("virtual").withKind(LaneKind.VIRTUAL).withQueueCapacity(10_000);
			this.virtual = made.define(virtualSpec);
		}
		this.bridge = made;
	}

	/**
	 * Closes the lanes.
	 */
	@TearDown
	public void close() {
		if (this.bridge != null) {
			this.bridge.close();
		}
	}

	/**
	 * Plain Reactor.
	 */
	@Benchmark
	public @Nullable Integer raw() {
		return Flux.range(0, this.inFlight)
			.flatMap((i) -> Mono.fromCallable(() -> work(i)).subscribeOn(Schedulers.boundedElastic()), this.inFlight)
			.blockLast();
	}

	/**
	 * The bridge's default lane, on the same scheduler.
	 */
	@Benchmark
	public @Nullable Integer call() {
		return calls(this.bridge);
	}

	/**
	 * A named lane with platform threads.
	 */
	@Benchmark
	public @Nullable Integer platformLane() {
		return calls(this.platform);
	}

	/**
	 * A named lane with virtual threads; the platform lane again before JDK 21.
	 */
	@Benchmark
	public @Nullable Integer virtualLane() {
		return calls((this.virtual != null) ? this.virtual : this.platform);
	}

	private @Nullable Integer calls(@Nullable Lane lane) {
		if (lane == null) {
			throw new IllegalStateException("not open");
		}
		return Flux.range(0, this.inFlight).flatMap((i) -> lane.call(() -> work(i)), this.inFlight).blockLast();
	}

	private static int work(int i) {
		Blackhole.consumeCPU(50);
		return i;
	}

}
