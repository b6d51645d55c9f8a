package com.example.driver;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.example.approach.CounterClient;
import com.example.approach.StoreClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import redis.embedded.RedisServer;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reactive drivers under contention, and the clients of docs/five-approaches.md, against
 * real servers: nothing is reported. MongoDB is missing: no server of it is on Maven
 * Central, and flapdoodle's launcher downloads one from elsewhere.
 */
class ReactiveDriversIT {

	private static final int CLIENTS = 16;

	private static final int ROUNDS = 5;

	/**
	 * The log says nothing of shorter waits for a lock.
	 */
	private static final Duration TIME = Duration.ofSeconds(20);

	private static EmbeddedPostgres postgres;

	private static RedisServer redis;

	private static int redisPort;

	private static ReactiveWebServerApplicationContext application;

	@BeforeAll
	static void start() throws IOException {
		postgres = EmbeddedPostgres.start();
		redisPort = freePort();
		redis = RedisServer.newRedisServer().port(redisPort).build();
		redis.start();
		application = (ReactiveWebServerApplicationContext) SpringApplication.run(DriverApplication.class,
				"--server.port=0", "--spring.config.name=driver", "--redis.port=" + redisPort,
				"--logging.level.org.apache.kafka=warn", "--logging.level.kafka=warn",
				"--spring.r2dbc.url=r2dbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
				"--spring.r2dbc.username=postgres", "--spring.r2dbc.pool.initial-size=1",
				"--spring.r2dbc.pool.max-size=3");
		lettuce().sync().set("greeting", "hello, wörld");
	}

	@AfterAll
	static void stop() throws IOException {
		application.close();
		redis.stop();
		postgres.close();
	}

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void contendedConnectionsOfPostgresql() throws Exception {
		assertThat(load("/postgres")).containsOnly("190");
		assertThat(announced()).isEmpty();
	}

	@Test
	void sharedConnectionOfLettuce() throws Exception {
		assertThat(load("/lettuce")).containsOnly("20");
		assertThat(announced()).isEmpty();
	}

	@Test
	void sharedProducerAndConsumerOfKafka() throws Exception {
		assertThat(load("/kafka")).containsOnly("20");
		assertThat(announced()).isEmpty();
	}

	@Test
	void coldProducerOfKafka() throws Exception {
		assertThat(get("/blocking-kafka")).isEqualTo("true");
		assertThat(announced()).filteredOn((violation) -> "messaging".equals(violation.rule()))
			.extracting(Violation::api)
			.contains("org.apache.kafka.clients.producer.KafkaProducer.send", "java.util.concurrent.Future.get");
	}

	@Test
	void pipelinedProtocol() throws Exception {
		long before = Long.parseLong(value("visits"));
		assertThat(load("/counter")).containsOnly("20");
		assertThat(Long.parseLong(value("visits")) - before).isEqualTo(20L * CLIENTS * ROUNDS);
		assertThat(announced()).isEmpty();
	}

	@Test
	void answersComeInTheOrderOfTheRequests() {
		lettuce().sync().del("order");
		CounterClient counters = application.getBean(CounterClient.class);
		StepVerifier.create(Flux.range(1, 900).flatMapSequential((number) -> counters.increment("order"), 900))
			.expectNextSequence(IntStream.rangeClosed(1, 900).mapToObj(Long::valueOf).toList())
			.expectComplete()
			.verify(TIME);
	}

	@Test
	void errorsAndLostConnectionsReachWhoeverWaits() {
		lettuce().sync().set("text", "no number");
		CounterClient counters = CounterClient.connect("localhost", redisPort).block(TIME);
		StepVerifier.create(counters.increment("text"))
			.expectErrorMessage("-ERR value is not an integer or out of range")
			.verify(TIME);
		counters.close();
		StepVerifier.create(counters.increment("text")).expectError().verify(TIME);
		StepVerifier.create(application.getBean(StoreClient.class).get("nothing")).expectComplete().verify(TIME);
	}

	@Test
	void protocolWithoutIo() throws Exception {
		assertThat(load("/blocking-store")).containsOnly("hello, wörld");
		assertThat(announced()).isNotEmpty()
			.extracting(Violation::rule)
			.contains("socket-connect", "socket-read", "socket-write");
		Loopguard.instance().ledger().clear();
		assertThat(load("/store")).containsOnly("hello, wörld");
		assertThat(announced()).isEmpty();
	}

	@SuppressWarnings("unchecked")
	private static StatefulRedisConnection<String, String> lettuce() {
		return application.getBean(StatefulRedisConnection.class);
	}

	private static String value(String key) {
		String value = lettuce().sync().get(key);
		return (value != null) ? value : "0";
	}

	private static List<Violation> announced() {
		return Loopguard.instance()
			.ledger()
			.violations()
			.stream()
			.filter((violation) -> violation.action() != Action.OBSERVE)
			.toList();
	}

	private static List<String> load(String path) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			Callable<String> call = () -> get(path);
			List<String> answers = new ArrayList<>();
			for (Future<String> answer : clients
				.invokeAll(IntStream.range(0, CLIENTS * ROUNDS).mapToObj((i) -> call).toList())) {
				answers.add(answer.get());
			}
			return answers;
		}
		finally {
			clients.shutdown();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static String get(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI
			.create("http://localhost:" + application.getWebServer().getPort() + path)
			.toURL()
			.openConnection();
		connection.setRequestProperty("Connection", "close");
		connection.setReadTimeout(20_000);
		return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
