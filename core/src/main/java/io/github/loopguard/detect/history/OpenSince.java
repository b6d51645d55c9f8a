package io.github.loopguard.detect.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * When something has begun that is open. Written by one thread, read by others, which see
 * what was written before it began.
 */
public final class OpenSince {

	private static final VarHandle SINCE = since();

	/** In nanoseconds, or zero. */
	private long since;

	/**
	 * Begins now.
	 */
	public void begin() {
		SINCE.setRelease(this, System.nanoTime() | 1);
	}

	/**
	 * Ends, before anything that is written afterwards.
	 */
	public void end() {
		SINCE.setOpaque(this, 0L);
		VarHandle.storeStoreFence();
	}

	/**
	 * Returns when it has begun.
	 * @return the time in nanoseconds, or zero if nothing is open
	 */
	public long get() {
		return (long) SINCE.getAcquire(this);
	}

	/**
	 * Returns whether what has begun at some time is still open, after anything that was
	 * read before.
	 * @param since when it has begun, in nanoseconds
	 * @return whether nothing has ended it
	 */
	public boolean isStill(long since) {
		VarHandle.loadLoadFence();
		return (long) SINCE.getOpaque(this) == since;
	}

	private static VarHandle since() {
		try {
			return MethodHandles.lookup().findVarHandle(OpenSince.class, "since", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
