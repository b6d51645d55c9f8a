package com.example.waited;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection that is kept open.
 */
final class Connection implements AutoCloseable {

	private final Socket socket;

	Connection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(30_000);
		this.socket.setTcpNoDelay(true);
	}

	void send(String path) throws IOException {
		this.socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Receives the head and the body of an answer.
	 */
	void receive() throws IOException {
		InputStream stream = this.socket.getInputStream();
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = stream.read();
			if (next < 0) {
				throw new IOException("closed after " + head);
			}
			head.append((char) next);
		}
		int length = head.toString().toLowerCase().indexOf("content-length: ") + 16;
		stream.skipNBytes(Integer.parseInt(head.substring(length, head.indexOf("\r", length))));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
