package io.github.loopguard.benchmarks.repeat;

import java.util.concurrent.TimeUnit;

import org.acme.library.WalkStep;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What reading the frames of a stack costs without any detector: no less than that can a
 * call cost whose site lies that far outside.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class WalkBenchmark {

	/** Number of frames that are read. */
	@Param({ "8", "24", "40", "64", "99" })
	public int site;

	private @Nullable DeepStack stack;

	/**
	 * JMH calls by reflection, which on JDK 17 takes fewer frames from the sixteenth time
	 * on.
	 */
	@Setup(Level.Iteration)
	public void forget() {
		this.stack = null;
	}

	/**
	 * One walk.
	 */
	@Benchmark
	public boolean bare() {
		DeepStack stack = this.stack;
		if (stack == null) {
			DeepStack.prepare();
			stack = DeepStack.of(new WalkStep(this.site));
			this.stack = stack;
		}
		if (!stack.call()) {
			throw new IllegalStateException("There are less than " + this.site + " frames");
		}
		return true;
	}

}
