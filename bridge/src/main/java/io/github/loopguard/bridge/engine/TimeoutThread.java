package io.github.loopguard.bridge.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one daemon thread that checks the timeouts of all lanes. It exists while there are
 * lanes with timeouts and is parked while they have no tasks.
 */
final class TimeoutThread {

	private static final Logger logger = LoggerFactory.getLogger(TimeoutThread.class);

	private static final List<LaneTimeouts> lanes = new CopyOnWriteArrayList<>();

	private static volatile @Nullable Thread thread;

	private TimeoutThread() {
	}

	static synchronized void add(LaneTimeouts lane) {
		lanes.add(lane);
		if (thread == null) {
			Thread started = new Thread(null, TimeoutThread::run, "lane-watch", 0, false);
			started.setDaemon(true);
			started.setContextClassLoader(null);
			thread = started;
			started.start();
		}
	}

	static synchronized void remove(LaneTimeouts lane) {
		lanes.remove(lane);
		wake();
	}

	static void wake() {
		LockSupport.unpark(thread);
	}

	private static void run() {
		while (!finished()) {
			long pause = Long.MAX_VALUE;
			for (LaneTimeouts lane : lanes) {
				pause = Math.min(pause, check(lane));
			}
			if (pause == Long.MAX_VALUE) {
				LockSupport.park(TimeoutThread.class);
			}
			else {
				LockSupport.parkNanos(TimeoutThread.class, pause);
			}
		}
	}

	private static long check(LaneTimeouts lane) {
		try {
			return lane.check(System.nanoTime());
		}
		catch (Throwable ex) {
			logger.error("Checking the timeouts of a lane failed", ex);
			return 1_000_000_000;
		}
	}

	private static synchronized boolean finished() {
		if (lanes.isEmpty()) {
			thread = null;
			return true;
		}
		return false;
	}

}
