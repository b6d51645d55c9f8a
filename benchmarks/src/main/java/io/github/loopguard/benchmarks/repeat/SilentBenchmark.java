package io.github.loopguard.benchmarks.repeat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

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
 * What a documented API with a hook costs on an event loop where it does not block: a
 * character read from memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class SilentBenchmark {

	private final Reader reader = new InputStreamReader(new Endless(), StandardCharsets.UTF_8);

	/**
	 * With Loopguard.
	 */
	@Benchmark
	@Fork(value = 1, jvmArgsAppend = { "-XX:+EnableDynamicAgentLoading", "-Djmh.executor=CUSTOM",
			"-Djmh.executor.class=io.github.loopguard.benchmarks.repeat.LoopguardThreads" })
	public int hooked() throws IOException {
		return this.reader.read();
	}

	/**
	 * Without.
	 */
	@Benchmark
	@Fork(1)
	public int plain() throws IOException {
		return this.reader.read();
	}

	private static final class Endless extends InputStream {

		@Override
		public int read() {
			return 'x';
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			Arrays.fill(bytes, offset, offset + length, (byte) 'x');
			return length;
		}

	}

}
