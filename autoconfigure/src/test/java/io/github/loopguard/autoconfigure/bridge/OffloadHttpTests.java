package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Offload;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Offload} on handler methods that return plain values, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.bridge.lanes.plain.threads=2", "loopguard.bridge.lanes.busy.threads=1",
				"loopguard.bridge.lanes.busy.queue-capacity=1", "loopguard.bridge.lanes.busy.queue-timeout=200ms",
				"loopguard.bridge.lanes.full.threads=1", "loopguard.bridge.lanes.full.queue-capacity=0",
				"loopguard.bridge.lanes.other.threads=1" })
class OffloadHttpTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Autowired
	private BlockingBridge bridge;

	@Autowired
	private Handlers handlers;

	@LocalServerPort
	private int port;

	@Test
	void eachHandlerMethodRunsInItsLane() {
		StepVerifier.create(get("/plain"))
			.assertNext((body) -> assertThat(body).startsWith("200 lane-plain-"))
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(get("/other")).expectNext("200 lane-other-1").expectComplete().verify(SOON);
	}

	@Test
	void aHandlerMethodWithABodyRunsInItsLane() {
		StepVerifier
			.create(client().post()
				.uri("/echo")
				.send(ByteBufFlux.fromString(Mono.delay(Duration.ofMillis(50)).thenReturn("hello")))
				.responseContent()
				.aggregate()
				.asString())
			.assertNext((body) -> assertThat(body).startsWith("hello lane-plain-"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void theHandlerMethodsOfAnAnnotatedClassRunInItsLane() {
		assertThat(List.of(answer("/class/plain"), answer("/class/mono"), answer("/interface/plain")))
			.allSatisfy((answer) -> assertThat(answer).startsWith("200 lane-plain-"));
		assertThat(answer("/class/other")).isEqualTo("200 lane-other-1");
	}

	private String answer(String path) {
		return get(path).blockOptional(SOON).orElseThrow();
	}

	@Test
	void aFullLaneAndATooLongWaitAreAnswered503() {
		this.bridge.lane("full").run(this.handlers.release()::await).subscribe();
		Mono<String> first = get("/busy").cache();
		first.subscribe();
		Awaitility.await().until(() -> this.bridge.lane("busy").status().active() == 1);
		Mono<String> second = get("/busy").cache();
		second.subscribe();
		Awaitility.await().until(() -> this.bridge.lane("busy").status().submitted() == 2);
		StepVerifier.create(second)
			.assertNext((body) -> assertThat(body).startsWith("503 "))
			.expectComplete()
			.verify(SOON);
		assertThat(this.bridge.lane("busy").status().timedOut()).isEqualTo(1);
		StepVerifier.create(get("/full"))
			.assertNext((body) -> assertThat(body).startsWith("503 "))
			.expectComplete()
			.verify(SOON);
		assertThat(this.bridge.lane("full").status().rejected()).isEqualTo(1);
		this.handlers.release().countDown();
		StepVerifier.create(first).expectNext("200 done").expectComplete().verify(SOON);
	}

	private Mono<String> get(String path) {
		return client().get()
			.uri(path)
			.responseSingle((response,
					body) -> body.asString().defaultIfEmpty("").map((text) -> response.status().code() + " " + text));
	}

	private HttpClient client() {
		return HttpClient.create().port(this.port);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Handlers.class, ClassHandlers.class, InterfaceHandlers.class })
	static class Application {

	}

	@RestController
	static class Handlers {

		private final CountDownLatch release = new CountDownLatch(1);

		@GetMapping("/plain")
		@Offload("plain")
		String plain() {
			return Thread.currentThread().getName();
		}

		@GetMapping("/other")
		@Offload("other")
		String other() {
			return Thread.currentThread().getName();
		}

		@PostMapping("/echo")
		@Offload("plain")
		String echo(@RequestBody String body) {
			return body + " " + Thread.currentThread().getName();
		}

		@GetMapping("/busy")
		@Offload("busy")
		String busy() throws InterruptedException {
			release().await();
			return "done";
		}

		@GetMapping("/full")
		@Offload("full")
		String full() {
			return "never";
		}

		CountDownLatch release() {
			return this.release;
		}

	}

	@RestController
	@Offload("plain")
	static class ClassHandlers {

		@GetMapping("/class/plain")
		String plain() {
			return Thread.currentThread().getName();
		}

		@GetMapping("/class/mono")
		Mono<String> mono() {
			return Mono.just(Thread.currentThread().getName());
		}

		@GetMapping("/class/other")
		@Offload("other")
		String other() {
			return Thread.currentThread().getName();
		}

	}

	@Offload("plain")
	interface Mapped {

		@GetMapping("/interface/plain")
		String plain();

	}

	@RestController
	static class InterfaceHandlers implements Mapped {

		@Override
		public String plain() {
			return Thread.currentThread().getName();
		}

	}

}
