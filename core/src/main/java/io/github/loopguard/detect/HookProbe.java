package io.github.loopguard.detect;

import java.util.BitSet;
import java.util.concurrent.Callable;

/**
 * Proves that hooks are seen on an event loop, without recording anything.
 *
 * @since 0.1
 */
public final class HookProbe {

	private HookProbe() {
	}

	/**
	 * Returns whether Loopguard's own code runs on the current thread, so that its calls
	 * are nobody's business.
	 * @return whether an occurrence is being recorded, or hooks are proved
	 */
	public static boolean isOwnCode() {
		return LoopThreads.current().isDeaf();
	}

	/**
	 * Makes all that the current thread does from now on Loopguard's own business: it was
	 * needed for a test and is about to end.
	 */
	public static void ignoreThread() {
		LoopThreads.current().probed = new BitSet();
	}

	/**
	 * Runs something on the current thread and returns which hooks fired.
	 * @param canary what to run
	 * @return indexes of the hooks that fired; empty on a thread that is no event loop
	 * @throws Exception whatever the canary throws
	 */
	public static BitSet run(Callable<?> canary) throws Exception {
		BitSet fired = new BitSet();
		LoopThread thread = LoopThreads.currentIfLoop();
		if (thread == null) {
			canary.call();
			return fired;
		}
		thread.probed = fired;
		try {
			canary.call();
		}
		finally {
			thread.probed = null;
		}
		return fired;
	}

}
