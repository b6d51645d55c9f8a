package io.github.loopguard.detect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the current event loop from sampling, so that a benchmark can make more calls a
 * second than are walked. To be resumed at least every thousand calls.
 */
public final class FullWalks {

	private static final VarHandle WINDOW_START = windowStart();

	/**
	 * Lets the loop's sampler believe that its second is over.
	 */
	public void resume() {
		LoopThread thread = LoopThreads.current();
		if (thread != null) {
			WINDOW_START.set(thread.sampler, System.nanoTime() - TimeUnit.SECONDS.toNanos(2));
		}
	}

	private static VarHandle windowStart() {
		try {
			return MethodHandles.privateLookupIn(Sampler.class, MethodHandles.lookup())
				.findVarHandle(Sampler.class, "windowStart", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("The sampler no longer counts in seconds", ex);
		}
	}

}
