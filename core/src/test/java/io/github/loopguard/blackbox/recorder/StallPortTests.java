package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.loopguard.blackbox.BlackBoxSettings.Port;
import io.github.loopguard.detect.loop.LoopMonitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The port answers, whatever clients do.
 */
@Tag("any-jdk")
class StallPortTests {

	private final StallPort port = new StallPort(new LoopCondition(new LoopMonitor(() -> null)));

	@AfterEach
	void close() {
		this.port.configure(null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GET /stall HTTP/1.1          | HTTP/1.1 200 OK
			GET /stall HTTP/1.0          | HTTP/1.1 200 OK
			GET /stall?verbose HTTP/1.1  | HTTP/1.1 200 OK
			GET http://h/stall HTTP/1.1  | HTTP/1.1 200 OK
			HEAD /stall HTTP/1.1         | HTTP/1.1 200 OK
			GET / HTTP/1.1               | HTTP/1.1 404 Not Found
			GET /stall/../x HTTP/1.1     | HTTP/1.1 404 Not Found
			POST /stall HTTP/1.1         | HTTP/1.1 405 Method Not Allowed
			OPTIONS * HTTP/1.1           | HTTP/1.1 404 Not Found
			get /stall HTTP/1.1          | HTTP/1.1 400 Bad Request
			GET /stall                   | HTTP/1.1 400 Bad Request
			GET /stall HTTP/2.0          | HTTP/1.1 400 Bad Request
			PRI * HTTP/2.0               | HTTP/1.1 400 Bad Request
			nonsense                     | HTTP/1.1 400 Bad Request
			""")
	void requestIsAnsweredByItsFirstLine(String line, String status) throws IOException {
		open(0);
		String response = ask(line + "\r\nHost: localhost\r\n\r\n");
		assertThat(response).startsWith(status + "\r\n")
			.contains("Content-Type: application/json\r\n", "Connection: close\r\n")
			.doesNotContain(line.contains("HEAD") ? "{" : "\u0000");
	}

	@Test
	void bodyIsOfTheLengthThatIsTold() throws IOException {
		open(0);
		String response = ask("GET /stall HTTP/1.1\r\n\r\n");
		String body = response.substring(response.indexOf("\r\n\r\n") + 4);
		assertThat(body).startsWith("{\"schema\":1,\"state\":\"unknown\"");
		assertThat(response).contains("Content-Length: " + body.length() + "\r\n");
	}

	@Test
	void requestMayComeInPiecesAndWithABody() throws IOException {
		open(0);
		try (Socket socket = connect()) {
			for (byte part : "GET /stall HTTP/1.1\r\nContent-Length: 100000\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII)) {
				socket.getOutputStream().write(part);
			}
			socket.getOutputStream().write(new byte[100_000]);
			assertThat(read(socket)).startsWith("HTTP/1.1 200 OK");
		}
	}

	@Test
	void largeRequestIsRefused() throws IOException {
		open(0);
		assertThat(ask("GET /stall HTTP/1.1\r\nX: " + "x".repeat(20_000))).startsWith("HTTP/1.1 431 ");
		assertThat(ask("\u0000\u00ff".repeat(10_000))).startsWith("HTTP/1.1 431 ");
	}

	@Test
	void slowClientIsDisconnectedAndDelaysNobody() throws IOException {
		open(0);
		try (Socket slow = connect()) {
			slow.getOutputStream().write("GET /st".getBytes(StandardCharsets.US_ASCII));
			assertThat(ask("GET /stall HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
			assertThat(read(slow)).isEmpty();
		}
	}

	@Test
	void manyConnectionsAreNotKeptOpenAndDelayNobody() throws IOException {
		open(0);
		List<Socket> idle = new ArrayList<>();
		try {
			for (int i = 0; i < 300; i++) {
				Socket socket = connect();
				idle.add(socket);
				socket.getOutputStream().write('G');
			}
			assertThat(ask("GET /stall HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
			for (Socket socket : idle) {
				assertThat(read(socket)).isEmpty();
			}
			assertThat(ask("GET /stall HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
		}
		finally {
			for (Socket socket : idle) {
				socket.close();
			}
		}
	}

	@Test
	void portInUseIsAProblemUntilItIsFree() throws IOException {
		int number;
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			number = other.getLocalPort();
			this.port.configure(new Port("127.0.0.1", number, Duration.ofSeconds(1)));
			Awaitility.await().until(() -> this.port.problem() != null);
			assertThat(this.port.problem()).contains("cannot listen on 127.0.0.1:" + number,
					"choose another loopguard.black-box.http.port");
			assertThat(this.port.number()).isEqualTo(-1);
		}
		Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> this.port.number() == number);
		assertThat(this.port.problem()).isNull();
		assertThat(ask("GET /stall HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
	}

	@Test
	void addressOfAnotherMachineIsAProblem() {
		this.port.configure(new Port("192.0.2.1", 0, Duration.ofSeconds(1)));
		Awaitility.await().until(() -> this.port.problem() != null);
		assertThat(this.port.problem()).contains("cannot listen on 192.0.2.1:0", "loopguard.black-box.http.address");
		this.port.configure(null);
		assertThat(this.port.problem()).isNull();
	}

	@Test
	void portIsClosedWhenNobodyWantsItAnyMore() throws IOException {
		open(0);
		InetSocketAddress address = new InetSocketAddress("127.0.0.1", this.port.number());
		this.port.configure(null);
		Awaitility.await().until(() -> this.port.number() == -1);
		try (ServerSocket other = new ServerSocket()) {
			other.bind(address);
		}
	}

	private void open(int number) {
		this.port.configure(new Port("127.0.0.1", number, Duration.ofSeconds(1)));
		Awaitility.await().until(() -> this.port.number() > 0);
	}

	private String ask(String request) throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return read(socket);
		}
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port.number());
		socket.setSoTimeout(20_000);
		return socket;
	}

	/**
	 * Reads until the other side closes the connection, by whatever means.
	 */
	private static String read(Socket socket) {
		StringBuilder response = new StringBuilder();
		try {
			InputStream in = socket.getInputStream();
			for (int c = in.read(); c >= 0; c = in.read()) {
				response.append((char) c);
			}
		}
		catch (java.net.SocketTimeoutException ex) {
			throw new AssertionError("not closed: " + response, ex);
		}
		catch (IOException ex) {
			// Reset.
		}
		return response.toString();
	}

}
