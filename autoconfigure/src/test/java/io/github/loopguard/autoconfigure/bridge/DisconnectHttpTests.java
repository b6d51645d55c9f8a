package io.github.loopguard.autoconfigure.bridge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.github.loopguard.bridge.BlockingBridge;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that go away before or while they are answered from a lane's stream.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "loopguard.bridge.lanes.rows.threads=2",
		"loopguard.bridge.lanes.rows.queue-capacity=1000", "loopguard.bridge.lanes.rows.max-open=1000" })
class DisconnectHttpTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final int CLIENTS = 300;

	@Autowired
	private BlockingBridge bridge;

	@LocalServerPort
	private int port;

	@Test
	void noStreamStaysOpenWhenItsClientIsGone() throws IOException {
		for (int i = 0; i < CLIENTS; i++) {
			try (Socket client = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				// A reset, so that the server notices while it begins to answer.
				client.setSoLinger(true, 0);
				String path = (i % 2 == 0) ? "/rows/plain" : "/rows/events";
				client.getOutputStream()
					.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				if (i % 3 == 0) {
					client.getInputStream().readNBytes(100);
				}
			}
		}
		Awaitility.await().atMost(SOON).untilAsserted(() -> {
			assertThat(this.bridge.lane("rows").status().open()).isZero();
			assertThat(this.bridge.lane("rows").status().queued()).isZero();
			assertThat(this.bridge.lane("rows").status().active()).isZero();
		});
	}

	@Test
	void whoStaysReceivesAllRows() throws IOException {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			client.getOutputStream()
				.write("GET /rows/plain HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.contains("row 9999\n");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Rows.class)
	static class Application {

	}

	@RestController
	static class Rows {

		private final BlockingBridge bridge;

		Rows(BlockingBridge bridge) {
			this.bridge = bridge;
		}

		@GetMapping(path = "/rows/{format}", produces = { "text/plain", "text/event-stream" })
		ResponseEntity<Flux<String>> rows(@PathVariable String format) {
			return ResponseEntity.ok()
				.header("Content-Type", format.equals("plain") ? "text/plain" : "text/event-stream")
				.body(this.bridge.lane("rows")
					.stream(() -> IntStream.range(0, 10_000).mapToObj((row) -> "row " + row + "\n")));
		}

	}

}
