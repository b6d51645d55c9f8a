package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.bridge.LaneUnavailableException;

/**
 * Converts a rejection by a lane to {@code 503 Service Unavailable} with
 * {@code Retry-After} and a run timeout to {@code 504 Gateway Timeout}, and leaves the
 * body of the response to the application's error handlers. An error that has a status of
 * its own keeps it.
 */
final class RejectedCallResponse {

	private RejectedCallResponse() {
	}

	/**
	 * Returns the error that WebFlux handles instead.
	 */
	static Throwable of(ServerWebExchange exchange, Throwable error) {
		BridgeException cause = bridgeException(error);
		if (cause == null || exchange.getResponse().isCommitted()) {
			return error;
		}
		if (cause instanceof LaneTimeoutException timeout && timeout.phase() == LaneTimeoutException.Phase.RUN) {
			return new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT, "The server took too long", error);
		}
		Duration retryAfter = retryAfter(cause);
		if (retryAfter == null) {
			return error;
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
		return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The server is busy", error);
	}

	private static @Nullable BridgeException bridgeException(Throwable error) {
		Throwable at = error;
		for (int depth = 0; at != null && !hasStatus(at) && depth < 10; depth++) {
			if (at instanceof BridgeException found) {
				return found;
			}
			at = at.getCause();
		}
		return null;
	}

	private static boolean hasStatus(Throwable error) {
		return error instanceof ErrorResponse
				|| AnnotatedElementUtils.hasAnnotation(error.getClass(), ResponseStatus.class);
	}

	private static @Nullable Duration retryAfter(BridgeException rejection) {
		if (rejection instanceof LaneFullException full) {
			return full.retryAfter();
		}
		if (rejection instanceof LaneTimeoutException timeout) {
			// In this time no thread became free.
			return Duration.ofSeconds(Math.max(1, Math.min(60, timeout.limit().toSeconds())));
		}
		return (rejection instanceof LaneClosedException || rejection instanceof LaneUnavailableException)
				? Duration.ofSeconds(5) : null;
	}

}
