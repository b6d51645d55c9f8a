package io.github.loopguard.detect.blockhound;

import java.io.File;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.detect.OccurrenceRecorder;

/**
 * Tests on a Reactor thread and on a Netty event loop that blocking calls are reported,
 * because an installation can succeed without effect.
 */
final class SelfTest {

	private static final int TIMEOUT_SECONDS = 10;

	private final List<Hook> hooks;

	private final OccurrenceRecorder recorder;

	SelfTest(List<Hook> hooks, OccurrenceRecorder recorder) {
		this.hooks = hooks;
		this.recorder = recorder;
	}

	/**
	 * Returns whether the current thread initialises a class. A predicate for threads
	 * that was written there could not answer on others before the class is initialised.
	 */
	static boolean mustWait() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> "<clinit>".equals(frame.getMethodName())));
	}

	/**
	 * Runs the test and warms the recorder up.
	 * @return the problem, or empty if all calls were reported
	 */
	Optional<String> run() {
		Scheduler scheduler = Schedulers.newSingle("loopguard-self-test", true);
		try {
			Optional<String> problem = test(scheduler::schedule, this.recorder::warmUp)
				.map((it) -> it + " on a Reactor thread");
			if (problem.isPresent() || !isNettyPresent()) {
				return problem;
			}
		}
		finally {
			scheduler.dispose();
		}
		return Netty.run(this);
	}

	private Optional<String> test(Consumer<Runnable> executor, Runnable afterwards) {
		CompletableFuture<BitSet> result = new CompletableFuture<>();
		executor.accept(() -> {
			try {
				BitSet fired = HookProbe.run(new Canary());
				afterwards.run();
				HookProbe.ignoreThread();
				result.complete(fired);
			}
			catch (Exception | LinkageError ex) {
				HookProbe.ignoreThread();
				result.completeExceptionally(ex);
			}
		});
		try {
			return firstUnseen(result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.of("the self-test was interrupted");
		}
		catch (Exception ex) {
			return Optional.of("the self-test failed: " + ex);
		}
	}

	private Optional<String> firstUnseen(BitSet fired) {
		boolean file = fires(fired, "java.io.File", "exists");
		boolean sleep = fires(fired, "java.lang.Thread", "sleep");
		if (file && sleep) {
			return Optional.empty();
		}
		return Optional.of("a call of " + (file ? "Thread.sleep" : "File.exists") + " was not seen");
	}

	private boolean fires(BitSet fired, String className, String methodName) {
		return fired.stream()
			.mapToObj(this.hooks::get)
			.anyMatch((hook) -> hook.className().equals(className) && hook.methodName().equals(methodName));
	}

	private static boolean isNettyPresent() {
		try {
			Class.forName("io.netty.channel.DefaultEventLoop", false, SelfTest.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Calls one method that is woven itself, and one that is woven at its call sites if
	 * it is native in this JDK.
	 */
	private static final class Canary implements Callable<Boolean> {

		@Override
		public Boolean call() throws InterruptedException {
			Thread.sleep(0);
			return new File("").exists();
		}

	}

	/**
	 * Separate class, so that the test runs without Netty.
	 */
	private static final class Netty {

		static Optional<String> run(SelfTest test) {
			EventLoop loop = new DefaultEventLoop();
			try {
				return test.test(loop::execute, () -> {
				}).map((it) -> it + " on a Netty event loop");
			}
			finally {
				loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
			}
		}

	}

}
