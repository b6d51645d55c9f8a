package io.github.loopguard.bridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one daemon thread that looks after all lanes with time limits. It exists while
 * there are such lanes and sleeps while they have no calls.
 */
final class LaneWatchThread {

	private static final Logger logger = LoggerFactory.getLogger(LaneWatchThread.class);

	private static final List<LaneWatch> watches = new CopyOnWriteArrayList<>();

	private static volatile @Nullable Thread thread;

	private LaneWatchThread() {
	}

	static synchronized void add(LaneWatch watch) {
		watches.add(watch);
		if (thread == null) {
			Thread started = new Thread(null, LaneWatchThread::watch, "lane-watch", 0, false);
			started.setDaemon(true);
			started.setContextClassLoader(null);
			thread = started;
			started.start();
		}
	}

	static synchronized void remove(LaneWatch watch) {
		watches.remove(watch);
		wake();
	}

	static void wake() {
		LockSupport.unpark(thread);
	}

	private static void watch() {
		while (!finished()) {
			long pause = Long.MAX_VALUE;
			for (LaneWatch watch : watches) {
				pause = Math.min(pause, look(watch));
			}
			if (pause == Long.MAX_VALUE) {
				LockSupport.park(LaneWatchThread.class);
			}
			else {
				LockSupport.parkNanos(LaneWatchThread.class, pause);
			}
		}
	}

	private static long look(LaneWatch watch) {
		try {
			return watch.look(System.nanoTime());
		}
		catch (Throwable ex) {
			logger.error("Looking after a lane failed", ex);
			return 1_000_000_000;
		}
	}

	private static synchronized boolean finished() {
		if (watches.isEmpty()) {
			thread = null;
			return true;
		}
		return false;
	}

}
