package io.github.loopguard.catalog;

import java.util.Set;

/**
 * Classes that call native methods which sleep, wait, yield or park, and that may be
 * loaded before Loopguard: those of the JDK, and one of Reactor.
 */
final class NativeCallers {

	/**
	 * Binary names of the classes, of all JDKs. Virtual threads are left out: they are no
	 * event loops. Other classes outside the JDK are found when their files are read.
	 */
	static final Set<String> NAMES = Set.of("java.io.PipedInputStream", "java.io.PipedReader", "java.lang.Object",
			"java.lang.Process", "java.lang.ProcessHandleImpl$1", "java.lang.Thread", "java.lang.ref.ReferenceQueue",
			"java.nio.Bits", "java.util.TimerThread", "java.util.concurrent.ConcurrentHashMap",
			"java.util.concurrent.DelayScheduler", "java.util.concurrent.Exchanger",
			"java.util.concurrent.ForkJoinPool", "java.util.concurrent.ForkJoinPool$WorkQueue",
			"java.util.concurrent.FutureTask", "java.util.concurrent.LinkedTransferQueue",
			"java.util.concurrent.PriorityBlockingQueue", "java.util.concurrent.SynchronousQueue$TransferQueue",
			"java.util.concurrent.SynchronousQueue$TransferStack",
			"java.util.concurrent.locks.AbstractQueuedLongSynchronizer",
			"java.util.concurrent.locks.AbstractQueuedLongSynchronizer$ConditionObject",
			"java.util.concurrent.locks.AbstractQueuedSynchronizer",
			"java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
			"java.util.concurrent.locks.LockSupport", "jdk.internal.net.http.common.SSLFlowDelegate$Monitor",
			"reactor.core.publisher.NextProcessor", "sun.misc.Unsafe", "sun.net.www.http.KeepAliveCache",
			"sun.nio.ch.FileChannelImpl", "sun.nio.ch.NativeThreadSet", "sun.nio.ch.Poller",
			"sun.security.provider.SeedGenerator$ThreadedSeedGenerator$BogusThread");

	private NativeCallers() {
	}

}
