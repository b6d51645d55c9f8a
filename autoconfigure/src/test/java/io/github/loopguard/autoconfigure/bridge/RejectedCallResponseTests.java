package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;

import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.LaneTimeoutException;
import io.github.loopguard.bridge.LaneTimeoutException.Phase;
import io.github.loopguard.bridge.LaneUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RejectedCallResponse}.
 */
class RejectedCallResponseTests {

	@Test
	void aCallThatWaitedLongIsAskedToComeBackAsLateAgain() {
		assertThat(answer(timeout(Duration.ofSeconds(20)))).isEqualTo("503 20");
		assertThat(answer(timeout(Duration.ofMinutes(20)))).isEqualTo("503 60");
		assertThat(answer(timeout(Duration.ofMillis(20)))).isEqualTo("503 1");
	}

	@Test
	void aLaneWithoutThreadsIsAnswered503() {
		assertThat(answer(new LaneUnavailableException("poor", new OutOfMemoryError()))).isEqualTo("503 5");
	}

	private static LaneTimeoutException timeout(Duration limit) {
		return new LaneTimeoutException("slow", Phase.QUEUE, limit, null);
	}

	private static String answer(BridgeException error) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		Throwable answered = RejectedCallResponse.of(exchange, error);
		assertThat(answered).isInstanceOf(ResponseStatusException.class).hasCause(error);
		HttpStatus status = (HttpStatus) ((ResponseStatusException) answered).getStatusCode();
		return status.value() + " " + exchange.getResponse().getHeaders().getFirst("Retry-After");
	}

}
