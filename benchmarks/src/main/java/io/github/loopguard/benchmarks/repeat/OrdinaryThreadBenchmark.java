package io.github.loopguard.benchmarks.repeat;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the same call costs where it may block, with Loopguard installed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+EnableDynamicAgentLoading")
public class OrdinaryThreadBenchmark {

	private @Nullable DeepStack stack;

	/**
	 * Installs Loopguard.
	 */
	@Setup
	public void install() {
		LoopguardThreads.install();
	}

	/**
	 * The call alone.
	 */
	@Benchmark
	public boolean ordinary() {
		DeepStack stack = this.stack;
		if (stack == null) {
			stack = DeepStack.of(0);
			this.stack = stack;
		}
		return stack.call();
	}

}
