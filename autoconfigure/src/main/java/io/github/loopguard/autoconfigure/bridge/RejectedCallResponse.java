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
 * Turns a refusal of a lane into {@code 503 Service Unavailable} with
 * {@code Retry-After}, and leaves the body of the answer to the application's error
 * handlers. A call that ran too long is no refusal and stays an error.
 */
final class RejectedCallResponse {

	private RejectedCallResponse() {
	}

	/**
	 * Returns the error that WebFlux is to handle in place of another.
	 */
	static Throwable answer(ServerWebExchange exchange, Throwable error) {
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
			if (at instanceof BridgeException refusal) {
				return retryAfter(refusal);
			}
			at = at.getCause();
		}
		return null;
	}

	private static @Nullable Duration retryAfter(BridgeException refusal) {
		if (refusal instanceof LaneFullException full) {
			return full.retryAfter();
		}
		if (refusal instanceof LaneTimeoutException timeout) {
			return (timeout.phase() == LaneTimeoutException.Phase.QUEUE) ? Duration.ofSeconds(1) : null;
		}
		return (refusal instanceof LaneClosedException) ? Duration.ofSeconds(5) : null;
	}

}
