package io.github.loopguard.detect.thread;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.SingleThreadEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Tells when an event loop of Netty that stands still has gone on: it has read from all
 * connections that wait, and then has run the timers that were due. Runs at the end of
 * the loop's iteration, after the next one's reading, and behind what that has queued.
 * Loaded only with Netty.
 */
final class PassMarker implements Runnable {

	/** All that wait in the queues of event loops. */
	private static final Set<PassMarker> QUEUED = ConcurrentHashMap.newKeySet();

	private final SingleThreadEventLoop loop;

	private final Runnable read;

	private final Runnable over;

	private int step;

	private PassMarker(SingleThreadEventLoop loop, Runnable read, Runnable over) {
		this.loop = loop;
		this.read = read;
		this.over = over;
	}

	/**
	 * Adds a marker to an event loop that stands still.
	 * @param executor the event loop
	 * @param read called by the loop once it has read from its connections
	 * @param over called by the loop once the timers have run that were due
	 * @return removes the marker, or {@code null} if this executor reads from nothing
	 */
	static @Nullable Runnable add(Object executor, Runnable read, Runnable over) {
		if (!(executor instanceof SingleThreadEventLoop loop) || executor instanceof DefaultEventLoop
				|| loop.isShuttingDown()) {
			return null;
		}
		PassMarker marker = new PassMarker(loop, read, over);
		QUEUED.add(marker);
		try {
			loop.executeAfterEventLoopIteration(marker);
			return marker::removed;
		}
		catch (RejectedExecutionException | LinkageError ex) {
			marker.removed();
			return null;
		}
	}

	/**
	 * Returns how many markers wait in the queues of an event loop.
	 */
	static int queuedIn(Object executor) {
		int count = 0;
		for (PassMarker marker : QUEUED) {
			count += (marker.loop == executor) ? 1 : 0;
		}
		return count;
	}

	@Override
	public void run() {
		if (!QUEUED.contains(this)) {
			return;
		}
		this.step++;
		if (this.step == 2) {
			this.read.run();
		}
		if (this.step == 3 || !isQueuedAgain()) {
			removed();
			this.over.run();
		}
	}

	private boolean isQueuedAgain() {
		try {
			this.loop.execute(this);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void removed() {
		QUEUED.remove(this);
	}

}
