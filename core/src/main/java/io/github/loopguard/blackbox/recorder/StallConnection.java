package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A connection on which one request is answered. Never waits for the client.
 */
final class StallConnection {

	private static final int LARGEST_REQUEST = 8_192;

	private final SocketChannel channel;

	private final long deadline;

	private final ByteBuffer request = ByteBuffer.allocate(LARGEST_REQUEST);

	private @Nullable SelectionKey key;

	private @Nullable ByteBuffer response;

	private StallConnection(SocketChannel channel, long deadline) {
		this.channel = channel;
		this.deadline = deadline;
	}

	/**
	 * Begins to read the request.
	 * @param deadline when the connection is closed, whatever has happened until then
	 */
	static StallConnection open(SocketChannel channel, Selector selector, long deadline) {
		StallConnection opened = new StallConnection(channel, deadline);
		try {
			channel.configureBlocking(false);
			opened.key = channel.register(selector, SelectionKey.OP_READ, opened);
		}
		catch (IOException ex) {
			opened.close();
		}
		return opened;
	}

	/**
	 * Reads and writes as much as there is.
	 * @param responses makes the responses
	 */
	void proceed(Supplier<StallResponses> responses) {
		try {
			if (this.response == null) {
				read(responses);
			}
			if (this.response != null) {
				write(this.response);
			}
		}
		catch (IOException ex) {
			close();
		}
	}

	/**
	 * Returns whether the connection is closed; closes it if it is time for that.
	 */
	boolean isOver(long now) {
		if (now - this.deadline >= 0) {
			close();
		}
		return !this.channel.isOpen();
	}

	void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// It is closed all the same.
		}
	}

	private void read(Supplier<StallResponses> responses) throws IOException {
		if (this.channel.read(this.request) < 0) {
			close();
			return;
		}
		String text = new String(this.request.array(), 0, this.request.position(), StandardCharsets.ISO_8859_1);
		if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
			this.response = responses.get().to(text.lines().findFirst().orElse(""));
		}
		else if (!this.request.hasRemaining()) {
			this.response = StallResponses.tooLarge();
		}
	}

	/**
	 * Writes the response. What the client still sends is read and thrown away until it
	 * closes the connection, or else it might lose the response.
	 */
	private void write(ByteBuffer response) throws IOException {
		if (response.hasRemaining()) {
			this.channel.write(response);
			if (response.hasRemaining()) {
				interest(SelectionKey.OP_WRITE);
				return;
			}
			this.channel.shutdownOutput();
			interest(SelectionKey.OP_READ);
			return;
		}
		this.request.clear();
		if (this.channel.read(this.request) < 0) {
			close();
		}
	}

	private void interest(int operation) {
		SelectionKey key = this.key;
		if (key != null && key.isValid()) {
			key.interestOps(operation);
		}
	}

}
