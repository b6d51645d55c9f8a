package io.github.loopguard.benchmarks.request;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection that is kept alive. Costs next to nothing itself.
 */
public final class Connection implements AutoCloseable {

	private static final String LENGTH = "content-length:";

	private final Socket socket;

	private final InputStream input;

	Connection(int port) throws IOException {
		this(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	/**
	 * Takes a connection over.
	 * @param socket the connection
	 * @throws IOException if it is closed
	 */
	public Connection(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setTcpNoDelay(true);
		this.input = new BufferedInputStream(this.socket.getInputStream());
	}

	/**
	 * Requests a path.
	 * @param path the path
	 * @return the body
	 * @throws IOException if there is no answer
	 */
	public String get(String path) throws IOException {
		this.socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		String status = line();
		int length = -1;
		boolean chunked = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String name = header.toLowerCase(Locale.ROOT);
			if (name.startsWith(LENGTH)) {
				length = Integer.parseInt(name.substring(LENGTH.length()).trim());
			}
			chunked |= name.startsWith("transfer-encoding:");
		}
		String body = chunked ? chunks() : body(length);
		if (!status.startsWith("HTTP/1.1 200")) {
			throw new IllegalStateException(path + ": " + status + " " + body);
		}
		return body;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private String chunks() throws IOException {
		StringBuilder body = new StringBuilder();
		while (true) {
			int length = Integer.parseInt(line(), 16);
			body.append(body(length));
			line();
			if (length == 0) {
				return body.toString();
			}
		}
	}

	private String body(int length) throws IOException {
		return new String(this.input.readNBytes(length), StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int read = this.input.read(); read != '\n'; read = this.input.read()) {
			if (read < 0) {
				throw new EOFException("The server closed the connection");
			}
			if (read != '\r') {
				line.append((char) read);
			}
		}
		return line.toString();
	}

}
