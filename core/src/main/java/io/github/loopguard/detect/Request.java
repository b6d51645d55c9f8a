package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

/**
 * The request an event loop works on.
 *
 * @param route method and route template, such as <code>GET /invoices/{id}</code>, or
 * {@code null} if unknown; never a path with values in it
 * @param traceId identifier of the trace, or {@code null} if there is none
 * @since 0.1
 */
public record Request(@Nullable String route, @Nullable String traceId) {

	/**
	 * No request.
	 */
	public static final Request NONE = new Request(null, null);

}
