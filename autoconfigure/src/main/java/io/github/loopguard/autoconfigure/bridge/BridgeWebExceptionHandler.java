package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneFullException;
import io.github.loopguard.bridge.LaneTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Turns a refusal of a lane into {@code 503 Service Unavailable} with
 * {@code Retry-After}, and leaves the body of the answer to the handlers that follow. A
 * call that ran too long is no refusal and stays an error.
 */
final class BridgeWebExceptionHandler implements WebExceptionHandler, Ordered {

	private static final int BEFORE_THE_ERROR_PAGE = -2;

	@Override
	public int getOrder() {
		return BEFORE_THE_ERROR_PAGE;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		Duration retryAfter = retryAfter(ex);
		if (retryAfter == null || exchange.getResponse().isCommitted()) {
			return Mono.error(ex);
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
		return Mono.error(new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The server is busy", ex));
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
