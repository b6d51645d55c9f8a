package io.github.loopguard.benchmarks.repeat;

import java.util.List;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.runtime.Loopguard;

/**
 * Event loops watched by Loopguard. Named in {@link RepeatBenchmark}'s JVM arguments.
 */
public final class LoopguardThreads extends ReactorThreads {

	/**
	 * Called by JMH.
	 * @param threads how many threads
	 * @param name how to call them
	 */
	public LoopguardThreads(int threads, String name) {
		super(threads, name, LoopguardThreads::install);
	}

	static void install() {
		Loopguard.instance().install(ApplicationPackages.of(List.of("com.example.bench")));
	}

}
