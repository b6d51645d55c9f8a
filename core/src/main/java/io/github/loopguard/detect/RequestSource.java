package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

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

	/**
	 * The request an event loop works on.
	 *
	 * @param route method and route template, such as <code>GET /invoices/{id}</code>, or
	 * {@code null} if unknown; never a path with values in it
	 * @param traceId identifier of the trace, or {@code null} if there is none
	 */
	record Request(@Nullable String route, @Nullable String traceId) {

		/**
		 * No request.
		 */
		public static final Request NONE = new Request(null, null);

	}

}
