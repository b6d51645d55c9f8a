package com.example.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Real files, a peer that never answers, a lock that is never released and a thread that
 * never ends.
 */
public final class Fixture {

	private static final int CONNECTIONS = 64;

	private static final Fixture INSTANCE = new Fixture();

	private final Path directory;

	private final Path file;

	private final ServerSocket server;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Thread holder = new Thread(this::hold, "holder");

	private final CountDownLatch held = new CountDownLatch(1);

	private Fixture() {
		try {
			this.directory = Files.createTempDirectory("fuzz");
			this.file = Files.writeString(this.directory.resolve("file"), "one\ntwo\nthree\n");
			Files.writeString(this.directory.resolve("other"), "four");
			this.server = new ServerSocket(0, 2 * CONNECTIONS, InetAddress.getLoopbackAddress());
			for (int i = 0; i < CONNECTIONS; i++) {
				this.sockets.add(new Socket(this.server.getInetAddress(), this.server.getLocalPort()));
			}
			this.holder.setDaemon(true);
			this.holder.start();
			this.held.await();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Fixture instance() {
		return INSTANCE;
	}

	void delete() throws IOException {
		this.server.close();
		try (var files = Files.list(this.directory)) {
			for (Path path : files.toList()) {
				Files.delete(path);
			}
		}
		Files.delete(this.directory);
	}

	Path directory() {
		return this.directory;
	}

	Path file() {
		return this.file;
	}

	public ReentrantLock lock() {
		return this.lock;
	}

	public Thread thread() {
		return this.holder;
	}

	/**
	 * Returns a connection on which nothing arrives, and that nobody else uses.
	 */
	public Socket take() {
		return Objects.requireNonNull(this.sockets.poll(), "a connection");
	}

	public void giveBack(Socket socket) {
		this.sockets.add(socket);
	}

	private void hold() {
		this.lock.lock();
		this.held.countDown();
		while (true) {
			LockSupport.park();
		}
	}

}
