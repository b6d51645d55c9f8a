package com.example.approach;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Reads from Redis. What it knows of the protocol is tied to a blocking socket.
 */
public final class BlockingStore implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	/**
	 * Connects to Redis.
	 * @param host name of the host
	 * @param port port of the host
	 * @throws IOException if that fails
	 */
	public BlockingStore(String host, int port) throws IOException {
		this.socket = new Socket(host, port);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	/**
	 * Reads a value.
	 * @param key its key, without spaces
	 * @return the value, or {@code null} if there is none
	 * @throws IOException if that fails
	 */
	public String get(String key) throws IOException {
		byte[] request = ("GET " + Reply.requireWord(key) + "\r\n").getBytes(StandardCharsets.UTF_8);
		this.socket.getOutputStream().write(request);
		String head = readLine();
		if (!head.startsWith("$")) {
			throw new IOException(head);
		}
		int length = Integer.parseInt(head.substring(1));
		if (length < 0) {
			return null;
		}
		String value = new String(this.in.readNBytes(length), StandardCharsets.UTF_8);
		readLine();
		return value;
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException();
			}
			if (next != '\r') {
				line.write(next);
			}
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
