package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
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
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * WebFlux's blocking execution on the executor of a lane, as the documentation shows it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "loopguard.bridge.lanes.handlers.threads=1",
		"loopguard.bridge.lanes.handlers.queue-capacity=1" })
class BlockingExecutionHttpTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Autowired
	private BlockingBridge bridge;

	@LocalServerPort
	private int port;

	@Test
	void handlerMethodsThatReturnPlainValuesRunInTheLane() {
		StepVerifier.create(get("/plain")).expectNext("200 lane-handlers-1").expectComplete().verify(SOON);
	}

	@Test
	void aFullLaneIsAnswered503() {
		CountDownLatch release = new CountDownLatch(1);
		Lane lane = this.bridge.lane("handlers");
		awaitIdle(lane);
		lane.run(release::await).subscribe();
		lane.run(release::await).subscribe();
		StepVerifier.create(get("/plain"))
			.assertNext((answer) -> assertThat(answer).startsWith("503 "))
			.expectComplete()
			.verify(SOON);
		release.countDown();
		awaitIdle(lane);
	}

	private static void awaitIdle(Lane lane) {
		Awaitility.await().until(() -> lane.status().active() + lane.status().queued() == 0);
	}

	private Mono<String> get(String path) {
		return HttpClient.newConnection()
			.port(this.port)
			.get()
			.uri(path)
			.responseSingle((response,
					body) -> body.asString().defaultIfEmpty("").map((text) -> response.status().code() + " " + text));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handlers.class)
	static class Application {

		@Bean
		WebFluxConfigurer blockingHandlers(BlockingBridge bridge) {
			Lane lane = bridge.lane("handlers");
			return new WebFluxConfigurer() {

				@Override
				public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
					configurer.setExecutor(new TaskExecutorAdapter(lane.asExecutor()));
				}

			};
		}

	}

	@RestController
	static class Handlers {

		@GetMapping("/plain")
		String plain() {
			return Thread.currentThread().getName();
		}

	}

}
