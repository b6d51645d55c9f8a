package io.github.loopguard.catalog;

import java.time.Duration;
import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for waiting for a time, a lock or another thread.
 */
final class WaitingRules {

	private static final String LOCKS = "java.util.concurrent.locks.";

	private static final String TIMED_OFFER = "(Ljava/lang/Object;JLjava/util/concurrent/TimeUnit;)Z";

	private static final String TIMED_POLL = "(JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;";

	private WaitingRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(sleep(), threadPark(), monitorWait(), monitorEnter(), threadPinned(), reactiveBlock());
	}

	private static RuleDefinition sleep() {
		return rule("sleep", "Sleeping").documentedAs("sleep")
			.fix("Mono.delay(duration), or mono.delayElement(duration)")
			.throwSafeEntry("java.util.concurrent.TimeUnit", "sleep")
			.throwSafeLeaf("java.lang.Thread", "sleep")
			.build();
	}

	private static RuleDefinition threadPark() {
		return rule("thread-park", "Waiting for another thread")
			.fix("compose instead of waiting: Mono.fromFuture(future), or bridge.call(() -> future.get())")
			.loggedFrom(Duration.ofMillis(1))
			.entry(LOCKS + "AbstractQueuedSynchronizer", "acquire")
			.descriptor("(L" + LOCKS.replace('.', '/') + "AbstractQueuedSynchronizer$Node;IZZZJ)I")
			.entry(LOCKS + "AbstractQueuedSynchronizer$ConditionObject", "await", "awaitNanos", "awaitUntil",
					"awaitUninterruptibly")
			.entry(LOCKS + "AbstractQueuedLongSynchronizer", "acquire")
			.descriptor("(L" + LOCKS.replace('.', '/') + "AbstractQueuedLongSynchronizer$Node;JZZZJ)I")
			.entry(LOCKS + "StampedLock", "acquireRead", "acquireWrite")
			.entry("java.util.concurrent.CompletableFuture", "waitingGet", "timedGet")
			.entry("java.util.concurrent.FutureTask", "awaitDone")
			.entry("java.util.concurrent.ForkJoinTask", "awaitDone")
			.host()
			.span("java.util.concurrent.ForkJoinTask", "invokeAll", "helpQuiesce")
			.host()
			.span("java.util.concurrent.ForkJoinPool", "awaitQuiescence", "awaitTermination", "invokeAll", "invokeAny")
			.host()
			.span("java.util.concurrent.AbstractExecutorService", "invokeAll", "invokeAny")
			.host()
			.span("java.util.concurrent.ThreadPoolExecutor", "awaitTermination")
			.span("java.util.concurrent.ForkJoinPool", "close")
			.from(19)
			.span("java.util.concurrent.ExecutorService", "close")
			.from(19)
			.entry("java.util.concurrent.Exchanger", "exchange")
			.entry("java.util.concurrent.Phaser", "internalAwaitAdvance")
			.span("java.util.concurrent.SynchronousQueue", "put", "take")
			.span("java.util.concurrent.SynchronousQueue", "offer")
			.descriptor(TIMED_OFFER)
			.span("java.util.concurrent.SynchronousQueue", "poll")
			.descriptor(TIMED_POLL)
			.span("java.util.concurrent.LinkedTransferQueue", "take", "transfer")
			.span("java.util.concurrent.LinkedTransferQueue", "tryTransfer")
			.descriptor(TIMED_OFFER)
			.span("java.util.concurrent.LinkedTransferQueue", "poll")
			.descriptor(TIMED_POLL)
			.leaf(LOCKS + "LockSupport", "park", "parkNanos", "parkUntil")
			.build();
	}

	private static RuleDefinition monitorWait() {
		return rule("monitor-wait", "Waiting on a monitor or for a thread to end")
			.fix("compose instead of waiting: done.asMono(), where done is a Sinks.One that the event completes")
			.entry("java.lang.Thread", "join")
			.span("java.io.PipedInputStream", "read")
			.span("java.io.PipedOutputStream", "write")
			.span("java.io.PipedReader", "read")
			.span("java.io.PipedWriter", "write")
			.leaf("java.lang.Thread", "join")
			.descriptor("(J)V")
			.until(18)
			.leaf("java.lang.Object", "wait")
			.build();
	}

	private static RuleDefinition monitorEnter() {
		return rule("monitor-enter", "Waiting to enter a synchronized block")
			.fix("share no monitor with threads that hold it long, or bridge.call(() -> { synchronized (shared) { "
					+ "return shared.toString(); } })")
			.loggedFrom(Duration.ofMillis(1))
			.build();
	}

	/** Only the flight recorder finds it. */
	private static RuleDefinition threadPinned() {
		return rule("thread-pinned", "A virtual thread that holds its carrier while it waits")
			.fix("use a lock of java.util.concurrent instead of synchronized, and let a virtual thread wait neither in "
					+ "native code nor in the initialiser of a class")
			.loggedFrom(Duration.ofMillis(1))
			.build();
	}

	private static RuleDefinition reactiveBlock() {
		return rule("reactive-block", "Waiting for a publisher")
			.fix("compose instead of waiting: mono.flatMap((id) -> client.find(id))")
			.libraryLeaf("reactor.core.publisher.Mono", "block", "blockOptional")
			.throwSafe()
			.libraryLeaf("reactor.core.publisher.Flux", "blockFirst", "blockLast")
			.throwSafe()
			.beginning("reactor.core.publisher.BlockingIterable", "iterator", "stream")
			.inLibrary()
			.libraryLeaf("reactor.core.publisher.BlockingIterable$SubscriberIterator", "hasNext")
			.step()
			.build();
	}

}
