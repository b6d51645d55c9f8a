package io.github.loopguard.bridge.engine;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the place of a call that waits, for what has to run before the call can go on. On
 * the call's own thread the work of others would run in the call's transaction and
 * context, and be interrupted with it.
 */
final class HelpingThread {

	private static final Logger logger = LoggerFactory.getLogger(HelpingThread.class);

	private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	/**
	 * Runs the work on a thread of its own, at most one at a time.
	 */
	void run(Runnable work, ThreadFactory threads) {
		this.work.add(work);
		if (this.pending.getAndIncrement() != 0) {
			return;
		}
		try {
			threads.newThread(this::drain).start();
		}
		catch (RuntimeException | Error ex) {
			this.pending.set(0);
			this.work.clear();
			logger.warn("No thread could be started for what a call in a lane waits for", ex);
		}
	}

	private void drain() {
		do {
			try {
				Objects.requireNonNull(this.work.poll()).run();
			}
			catch (Throwable ex) {
				logger.error("What a call in a lane waits for failed", ex);
			}
		}
		while (this.pending.decrementAndGet() != 0);
	}

}
