package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneTimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@link RejectedCallResponse}, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.bridge.lanes.slow.run-timeout=50ms",
				"loopguard.bridge.lanes.slow.on-cancel=interrupt", "loopguard.bridge.lanes.busy.threads=1",
				"loopguard.bridge.lanes.busy.queue-timeout=50ms" })
class RejectedCallHttpTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Autowired
	private BlockingBridge bridge;

	@Autowired
	private Handlers handlers;

	@LocalServerPort
	private int port;

	@AfterEach
	void release() {
		this.handlers.release.countDown();
	}

	@Test
	void aCallThatRunsTooLongIsAnswered504() {
		assertAnswer("/slow", "504 retry after null");
	}

	@Test
	void aCallThatWaitsTooLongIsAnswered503() {
		this.bridge.lane("busy").run(this.handlers.release::await).subscribe();
		Awaitility.await().until(() -> this.bridge.lane("busy").status().active() == 1);
		assertAnswer("/busy", "503 retry after 1");
	}

	@Test
	void aClosedLaneIsAnswered503() {
		this.bridge.define(LaneSpec.named("replaced"));
		assertAnswer("/closed", "503 retry after 5");
	}

	@Test
	void theApplicationsOwnAnswerWins() {
		assertAnswer("/slow/status", "502 retry after null");
		assertAnswer("/slow/annotated", "409 retry after null");
	}

	private void assertAnswer(String path, String answer) {
		StepVerifier
			.create(HttpClient.newConnection()
				.port(this.port)
				.get()
				.uri(path)
				.responseSingle((response, body) -> Mono
					.just(response.status().code() + " retry after " + response.responseHeaders().get("Retry-After"))))
			.expectNext(answer)
			.expectComplete()
			.verify(SOON);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handlers.class)
	static class Application {

	}

	@RestController
	static class Handlers {

		private final CountDownLatch release = new CountDownLatch(1);

		private final BlockingBridge bridge;

		private final Lane replaced;

		Handlers(BlockingBridge bridge) {
			this.bridge = bridge;
			this.replaced = bridge.define(LaneSpec.named("replaced"));
		}

		@GetMapping("/slow")
		Mono<String> slow() {
			return this.bridge.lane("slow").call(() -> {
				new CountDownLatch(1).await();
				return "never";
			});
		}

		@GetMapping("/slow/status")
		Mono<String> slowWithStatus() {
			return slow().onErrorMap(LaneTimeoutException.class,
					(ex) -> new ResponseStatusException(HttpStatus.BAD_GATEWAY, "The bank does not answer", ex));
		}

		@GetMapping("/slow/annotated")
		Mono<String> slowWithAnnotatedError() {
			return slow().onErrorMap(LaneTimeoutException.class, Unfinished::new);
		}

		@GetMapping("/busy")
		Mono<String> busy() {
			return this.bridge.lane("busy").call(() -> "never");
		}

		@GetMapping("/closed")
		Mono<String> closed() {
			return this.replaced.call(() -> "never");
		}

	}

	@ResponseStatus(HttpStatus.CONFLICT)
	static class Unfinished extends RuntimeException {

		Unfinished(Throwable cause) {
			super(cause);
		}

	}

}
