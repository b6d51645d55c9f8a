package io.github.loopguard.runtime;

import io.github.loopguard.BlockingViolationListener;

/**
 * The hold of one application context on Loopguard. Closing it lets the context go:
 * nothing of it is kept.
 *
 * @since 0.1
 */
public interface Attachment extends AutoCloseable {

	/**
	 * Adds a listener until the attachment is closed.
	 * @param listener the listener
	 */
	void addListener(BlockingViolationListener listener);

	@Override
	void close();

}
