package io.github.loopguard.benchmarks.bridge.disconnect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests random routes, and cuts the connection at once, after a moment, while it reads
 * the answer, or not at all.
 */
final class DisconnectClient implements Runnable {

	private static final String[] PATHS = { "/call", "/default", "/ordered", "/two", "/rows", "/defer", "/session" };

	private static final int MAX_NANOS = 3_000_000;

	private final int port;

	private final Random random;

	private final AtomicLong cut;

	private final AtomicLong read;

	private volatile boolean stopped;

	DisconnectClient(int port, long seed, AtomicLong cut, AtomicLong read) {
		this.port = port;
		this.random = new Random(seed);
		this.cut = cut;
		this.read = read;
	}

	void stop() {
		this.stopped = true;
	}

	@Override
	public void run() {
		while (!this.stopped) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				socket.setSoTimeout(60_000);
				// Half of the connections end with a reset.
				socket.setSoLinger(this.random.nextBoolean(), 0);
				request(socket);
			}
			catch (IOException ex) {
				if (!this.stopped) {
					throw new IllegalStateException("The server does not answer", ex);
				}
			}
		}
	}

	private void request(Socket socket) throws IOException {
		String path = PATHS[this.random.nextInt(PATHS.length)];
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		switch (this.random.nextInt(4)) {
			case 0 -> this.cut.incrementAndGet();
			case 1 -> {
				LockSupport.parkNanos(this.random.nextInt(MAX_NANOS));
				this.cut.incrementAndGet();
			}
			case 2 -> {
				socket.getInputStream().readNBytes(1 + this.random.nextInt(10_000));
				this.cut.incrementAndGet();
			}
			default -> {
				readAll(path, socket.getInputStream());
				this.read.incrementAndGet();
			}
		}
	}

	private void readAll(String path, InputStream input) throws IOException {
		String answer = new String(input.readAllBytes(), StandardCharsets.UTF_8);
		// A full lane, in words of Reactor Netty: an error, or the head of an answer
		// alone,
		// without even the end of a body.
		boolean rejected = answer.startsWith("HTTP/1.1 500")
				|| answer.endsWith("\r\n\r\n") && !answer.endsWith("0\r\n\r\n");
		if (!rejected && !answer.startsWith("HTTP/1.1 200")) {
			throw new IllegalStateException(path + ": " + answer.lines().findFirst().orElse("no answer"));
		}
		boolean rows = path.equals("/rows") || path.equals("/defer");
		if (!rejected && rows && !answer.contains("row " + DisconnectServer.ROWS + "\n")) {
			throw new IllegalStateException(path + " ends before its last row");
		}
	}

}
