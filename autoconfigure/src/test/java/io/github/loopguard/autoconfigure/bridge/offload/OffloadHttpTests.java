package io.github.loopguard.autoconfigure.bridge.offload;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneSpec;
import io.github.loopguard.bridge.LaneStatus;
import io.github.loopguard.bridge.Offload;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Offload} on handler methods that return plain values, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.bridge.lanes.plain.threads=2", "loopguard.bridge.lanes.busy.threads=1",
				"loopguard.bridge.lanes.busy.queue-capacity=1", "loopguard.bridge.lanes.busy.queue-timeout=200ms",
				"loopguard.bridge.lanes.full.threads=1", "loopguard.bridge.lanes.full.queue-capacity=0",
				"loopguard.bridge.lanes.other.threads=1", "loopguard.bridge.lanes.gone.threads=1",
				"loopguard.bridge.lanes.gone.queue-capacity=1", "loopguard.bridge.lanes.gone.queue-timeout=1m",
				"loopguard.bridge.lanes.slow.run-timeout=200ms", "loopguard.bridge.lanes.again.threads=1" })
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
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.bridge.lane("busy").status().submitted())
				.as(this.bridge.lane("busy").status().toString())
				.isEqualTo(2));
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

	@Test
	void aHandlerMethodRunsInTheContextOfItsRequest() {
		Mono<String> answer = client().headers((headers) -> headers.set("Accept-Language", "fr-CA"))
			.get()
			.uri("/context")
			.responseContent()
			.aggregate()
			.asString();
		StepVerifier.create(answer).expectNext("fr_CA anna loopguard.bridge.call").expectComplete().verify(SOON);
		Mono<String> withBody = client().headers((headers) -> headers.set("Accept-Language", "fr-CA"))
			.post()
			.uri("/context")
			.send(ByteBufFlux.fromString(Mono.delay(Duration.ofMillis(50)).thenReturn("hello")))
			.responseContent()
			.aggregate()
			.asString();
		StepVerifier.create(withBody)
			.expectNext("hello fr_CA anna loopguard.bridge.call")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aHandlerMethodIsOneCall() {
		Awaitility.await().until(() -> isAtRest(this.bridge.lane("other").status()));
		LaneStatus before = this.bridge.lane("other").status();
		StepVerifier.create(get("/other")).expectNext("200 lane-other-1").expectComplete().verify(SOON);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.bridge.lane("other").status().completed()).isEqualTo(before.completed() + 1));
		assertThat(this.bridge.lane("other").status().submitted()).isEqualTo(before.submitted() + 1);
		assertThat(this.bridge.lane("other").status().inPlace()).isEqualTo(before.inPlace());
	}

	/**
	 * Returns whether the calls of other tests are counted, which have their answers
	 * before.
	 */
	private static boolean isAtRest(LaneStatus lane) {
		return lane.submitted() == lane.completed() + lane.failed() + lane.cancelled() + lane.rejected()
				+ lane.timedOut();
	}

	@Test
	void aHandlerMethodRunsInTheLaneThatIsDefinedNow() {
		this.bridge.define(LaneSpec.named("again").withThreads(1));
		StepVerifier.create(get("/again")).expectNext("200 lane-again-1").expectComplete().verify(SOON);
		assertThat(this.bridge.lane("again").status().submitted()).isEqualTo(1);
	}

	@Test
	void aClientThatIsGoneGivesItsPlaceBack() {
		CountDownLatch release = new CountDownLatch(1);
		LaneStatus before = this.bridge.lane("gone").status();
		this.bridge.lane("gone").run(release::await).subscribe();
		Awaitility.await().until(() -> this.bridge.lane("gone").status().active() == 1);
		for (int i = 1; i <= 5; i++) {
			int sent = i;
			Disposable client = get("/gone").subscribe();
			Awaitility.await().until(() -> this.bridge.lane("gone").status().queued() == 1);
			client.dispose();
			Awaitility.await().until(() -> this.bridge.lane("gone").status().cancelled() == before.cancelled() + sent);
			assertThat(this.bridge.lane("gone").status().queued()).isZero();
		}
		Mono<String> last = get("/gone").cache();
		last.subscribe();
		Awaitility.await().until(() -> this.bridge.lane("gone").status().queued() == 1);
		release.countDown();
		StepVerifier.create(last).expectNext("200 here").expectComplete().verify(SOON);
	}

	@Test
	void aHandlerMethodThatRunsTooLongIsAnswered504() {
		StepVerifier.create(get("/slow"))
			.assertNext((body) -> assertThat(body).startsWith("504 "))
			.expectComplete()
			.verify(SOON);
		this.handlers.stuck().countDown();
		Awaitility.await().until(() -> this.bridge.lane("slow").status().active() == 0);
	}

	private Mono<String> get(String path) {
		return client().get()
			.uri(path)
			.responseSingle((response,
					body) -> body.asString().defaultIfEmpty("").map((text) -> response.status().code() + " " + text));
	}

	private HttpClient client() {
		return HttpClient.newConnection().port(this.port);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Handlers.class, ClassHandlers.class, InterfaceHandlers.class })
	static class Application {

		@Bean
		ObservationRegistry observationRegistry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler((context) -> true);
			return registry;
		}

		@Bean
		@Order(-200)
		WebFilter login() {
			return (exchange, chain) -> chain.filter(exchange)
				.contextWrite(ReactiveSecurityContextHolder
					.withAuthentication(new TestingAuthenticationToken("anna", "secret")));
		}

	}

	@RestController
	static class Handlers {

		private final CountDownLatch release = new CountDownLatch(1);

		private final CountDownLatch stuck = new CountDownLatch(1);

		private final ObservationRegistry observations;

		Handlers(ObservationRegistry observations) {
			this.observations = observations;
		}

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

		@GetMapping("/context")
		@Offload("plain")
		String context() {
			Observation observation = this.observations.getCurrentObservation();
			return LocaleContextHolder.getLocale() + " "
					+ SecurityContextHolder.getContext().getAuthentication().getName() + " "
					+ ((observation != null) ? observation.getContext().getName() : "unobserved");
		}

		@PostMapping("/context")
		@Offload("plain")
		String contextWithBody(@RequestBody String body) {
			return body + " " + context();
		}

		@GetMapping("/again")
		@Offload("again")
		String again() {
			return Thread.currentThread().getName();
		}

		@GetMapping("/gone")
		@Offload("gone")
		String gone() {
			return "here";
		}

		@GetMapping("/slow")
		@Offload("slow")
		String slow() throws InterruptedException {
			stuck().await();
			return "late";
		}

		CountDownLatch stuck() {
			return this.stuck;
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
