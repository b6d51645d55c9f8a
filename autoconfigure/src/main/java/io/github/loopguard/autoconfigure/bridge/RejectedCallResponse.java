package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneTimeoutException;

/**
 * Converts a rejection by a lane to {@code 503 Service Unavailable} with
 * {@code Retry-After}, and leaves the body of the response to the application's error
 * handlers. A run timeout is no rejection and stays an error.
 */
final class RejectedCallResponse {

	private RejectedCallResponse() {
	}

	/**
	 * Returns the error that WebFlux handles instead.
	 */
	static Throwable of(ServerWebExchange exchange, Throwable error) {
		Duration retryAfter = retryAfter(error);
		if (retryAfter == null || exchange.getResponse().isCommitted()) {
			return error;
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
		return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The server is busy", error);
	}

	private static @Nullable Duration retryAfter(Throwable error) {
		Throwable at = error;
		for (int depth = 0; at != null && depth < 10; depth++) {
			if (at instanceof BridgeException rejection) {
				return retryAfter(rejection);
			}
			at = at.getCause();
		}
		return null;
	}

	private static @Nullable Duration retryAfter(BridgeException rejection) {
		if (rejection instanceof LaneFullException full) {
			return full.retryAfter();
		}
		if (rejection instanceof LaneTimeoutException timeout) {
			return (timeout.phase() == LaneTimeoutException.Phase.QUEUE) ? Duration.ofSeconds(1) : null;
		}
		return (rejection instanceof LaneClosedException) ? Duration.ofSeconds(5) : null;
	}

}
