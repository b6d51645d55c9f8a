package com.example.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.springframework.stereotype.Component;

/**
 * Accepts connections and never answers, unless to log in.
 */
@Component
class SilentServer implements AutoCloseable {

	/** How long clients wait, in milliseconds. */
	static final int PATIENCE = 300;

	private final ServerSocket server;

	private final Login login;

	private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();

	SilentServer() {
		this((client) -> {
		});
	}

	SilentServer(Login login) {
		this.login = login;
		try {
			this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("silent-server", this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	String address() {
		return "127.0.0.1:" + port();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket client : this.clients) {
			client.close();
		}
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.server.accept();
			this.clients.add(client);
			start("silent-client", () -> this.login.logIn(client));
		}
	}

	private void start(String name, Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// The client or the server was closed.
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Lets a client log in.
	 */
	interface Login {

		void logIn(Socket client) throws IOException;

	}

	private interface Task {

		void run() throws IOException;

	}

}
