package io.github.loopguard.test.tracking;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Propagates the work of a thread by Micrometer's context-propagation, if present. Found
 * by the service loader.
 *
 * @since 0.1
 */
public final class WorkAccessor implements ThreadLocalAccessor<Work> {

	static final String KEY = "loopguard.test";

	@Override
	public Object key() {
		return KEY;
	}

	@Override
	public @Nullable Work getValue() {
		return TestTracker.work();
	}

	@Override
	public void setValue(Work work) {
		TestTracker.restore(work);
	}

	/**
	 * Keeps the work of the thread, because without a captured value the task of a
	 * scheduler has the right one.
	 */
	@Override
	public void setValue() {
	}

	@Override
	public void restore(Work work) {
		TestTracker.restore(work);
	}

	@Override
	public void restore() {
		TestTracker.restore(null);
	}

}
