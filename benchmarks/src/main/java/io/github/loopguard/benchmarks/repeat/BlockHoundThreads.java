package io.github.loopguard.benchmarks.repeat;

import reactor.blockhound.BlockHound;

/**
 * Event loops watched by BlockHound as it comes, with the method that is called marked
 * through its own API. JMH hands its results over by a queue whose lock may be contended,
 * and would wait for ever if that failed. Named in {@link BlockHoundBenchmark}'s JVM
 * arguments.
 */
public final class BlockHoundThreads extends ReactorThreads {

	/**
	 * Called by JMH.
	 * @param threads how many threads
	 * @param name how to call them
	 */
	public BlockHoundThreads(int threads, String name) {
		super(threads, name, () -> {
			System.setProperty("loopguard.enabled", "false");
			BlockHound.builder()
				.loadIntegrations()
				.markAsBlocking("java.io.File", "exists", "()Z")
				.allowBlockingCallsInside("java.util.concurrent.ExecutorCompletionService$QueueingFuture", "done")
				.install();
		});
	}

}
