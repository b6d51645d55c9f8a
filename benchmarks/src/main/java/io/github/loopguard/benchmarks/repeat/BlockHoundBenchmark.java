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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the same call costs with BlockHound's own callback: an error with its stack trace,
 * thrown and caught by the caller.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = { "-XX:+EnableDynamicAgentLoading", "-XX:+AllowRedefinitionToAddDeleteMethods",
		"-Djmh.executor=CUSTOM", "-Djmh.executor.class=io.github.loopguard.benchmarks.repeat.BlockHoundThreads" })
public class BlockHoundBenchmark {

	private @Nullable DeepStack stack;

	/**
	 * The error.
	 */
	@Benchmark
	public boolean error() {
		DeepStack stack = this.stack;
		if (stack == null) {
			stack = DeepStack.of(0);
			this.stack = stack;
		}
		if (!stack.call()) {
			throw new IllegalStateException("BlockHound threw no error");
		}
		return true;
	}

}
