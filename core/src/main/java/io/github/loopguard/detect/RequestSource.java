package io.github.loopguard.detect;

/**
 * Returns the request that the current event loop works on.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RequestSource {

	/**
	 * Called on event loops when something blocks for the first time; must not block.
	 * @return the request, or {@link Request#NONE} if none is known
	 */
	Request current();

}
