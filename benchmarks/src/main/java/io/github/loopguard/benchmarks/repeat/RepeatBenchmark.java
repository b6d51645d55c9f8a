package io.github.loopguard.benchmarks.repeat;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import io.github.loopguard.Violation;
import io.github.loopguard.detect.FullWalks;
import io.github.loopguard.runtime.Loopguard;

/**
 * What a blocking call costs from the second time on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = { "-XX:+EnableDynamicAgentLoading", "-Djmh.executor=CUSTOM",
		"-Djmh.executor.class=io.github.loopguard.benchmarks.repeat.LoopguardThreads" })
public class RepeatBenchmark {

	private static final int CALLS_BETWEEN_RESETS = 512;

	/** Which frame is the application's, where 1 is the hooked method; 0 for none. */
	@Param({ "8", "24", "40", "0" })
	public int site;

	private final FullWalks fullWalks = new FullWalks();

	private @Nullable DeepStack stack;

	private long calls;

	/**
	 * Every stack is walked, as up to a thousand times a second.
	 */
	@Benchmark
	public boolean walked() {
		DeepStack stack = this.stack;
		if (stack == null) {
			stack = DeepStack.of(this.site);
			this.stack = stack;
		}
		if (this.calls++ % CALLS_BETWEEN_RESETS == 0) {
			this.fullWalks.resume();
		}
		return stack.call();
	}

	/**
	 * A measurement of calls that nobody counted would be worth nothing.
	 */
	@TearDown
	public void check() {
		List<Violation> found = Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((violation) -> violation.rule().equals("file-stat"))
			.toList();
		if (found.size() != 1 || found.get(0).count() != this.calls
				|| (found.get(0).site() != null) != (this.site > 0)) {
			throw new IllegalStateException("Not all of the " + this.calls + " calls were counted: " + found);
		}
	}

}
