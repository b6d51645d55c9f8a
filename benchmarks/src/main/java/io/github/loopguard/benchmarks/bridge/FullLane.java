package io.github.loopguard.benchmarks.bridge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import io.github.loopguard.bridge.BlockingBridge;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A lane of two threads and ten places under 200 concurrent HTTP calls of a second each,
 * and how another route fares meanwhile.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class FullLane {

	private static final int CALLS = 200;

	/**
	 * Runs the application, the load and prints what came back.
	 * @param args not used
	 */
	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(FullLane.class, "--server.port=0",
				"--loopguard.bridge.lanes.reports.threads=2", "--loopguard.bridge.lanes.reports.queue-capacity=10")) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			HttpClient calls = HttpClient.create(ConnectionProvider.create("calls", CALLS)).port(port);
			HttpClient pings = HttpClient.create(ConnectionProvider.create("pings", 10)).port(port);
			Flux.range(0, 2000).flatMap((i) -> get(pings, "/ping"), 5).blockLast();
			// Opens the connections, so that the 200 calls arrive together.
			Flux.range(0, CALLS).flatMap((i) -> get(calls, "/pause"), CALLS).blockLast();
			ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
			Mono<Map<String, Long>> answers = Flux.range(0, CALLS)
				.flatMap((i) -> get(calls, "/report"), CALLS)
				.collect(Collectors.groupingBy((answer) -> answer, Collectors.counting()))
				.cache();
			Flux.interval(Duration.ofMillis(5))
				.onBackpressureDrop()
				.flatMap((tick) -> get(pings, "/ping").elapsed(), 10)
				.doOnNext((timed) -> latencies.add(timed.getT1()))
				.takeUntilOther(answers)
				.blockLast();
			long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
			System.out.println("answers " + answers.block());
			System.out.println("rejected " + context.getBean(BlockingBridge.class).lane("reports").status().rejected());
			System.out.println("another route: " + sorted.length + " requests, p50 " + sorted[sorted.length / 2]
					+ " ms, p99 " + sorted[(int) (sorted.length * 0.99)] + " ms");
		}
	}

	@Bean
	RouterFunction<ServerResponse> routes(BlockingBridge bridge) {
		return RouterFunctions
			.route(RequestPredicates.GET("/report"),
					(request) -> bridge.lane("reports")
						.run(() -> Thread.sleep(1000))
						.then(ServerResponse.ok().bodyValue("report")))
			.andRoute(RequestPredicates.GET("/pause"),
					(request) -> Mono.delay(Duration.ofMillis(300)).then(ServerResponse.ok().build()))
			.andRoute(RequestPredicates.GET("/ping"), (request) -> ServerResponse.ok().bodyValue("pong"));
	}

	private static Mono<String> get(HttpClient client, String path) {
		return client.get().uri(path).responseSingle((response, body) -> {
			String retryAfter = response.responseHeaders().get("Retry-After");
			return body.then().thenReturn(response.status().code() + ((retryAfter != null) ? " with Retry-After" : ""));
		});
	}

}
