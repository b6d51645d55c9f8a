package io.github.loopguard.runtime;

import io.github.loopguard.BlockingViolationListener;

/**
 * The attachment of one application context. After it is closed, nothing of the context
 * is kept.
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
