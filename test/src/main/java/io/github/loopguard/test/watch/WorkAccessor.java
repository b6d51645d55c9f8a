package io.github.loopguard.test.watch;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context-propagation, where it is used, carry what a thread works for.
 * Found by the service loader.
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
	 * Keeps what the thread works for: where nothing was captured, a task of a scheduler
	 * knows more.
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
