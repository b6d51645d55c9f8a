package com.example.waited;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that has no space for another connection until it accepts those that wait.
 */
final class FullServer implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

	private final List<Socket> sockets = new ArrayList<>();

	FullServer() throws IOException {
		try {
			while (true) {
				Socket socket = new Socket();
				this.sockets.add(socket);
				socket.connect(this.server.getLocalSocketAddress(), 200);
			}
		}
		catch (SocketTimeoutException ex) {
			// full
		}
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Waits until another connection is there than those that make it full.
	 */
	void accept() throws IOException {
		this.server.setSoTimeout(30_000);
		int own = this.sockets.size();
		for (int i = 0; i < own; i++) {
			this.sockets.add(this.server.accept());
		}
	}

	@Override
	public void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.server.close();
	}

}
