package com.example.flight;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What blocks an event loop.
 */
final class Calls {

	static final Object MONITOR = new Object();

	private static final int LARGE = 32 << 20;

	private Calls() {
	}

	static String read(Path file) throws IOException {
		return Files.readString(file);
	}

	static int readStream(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return in.read();
		}
	}

	static void force(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

	static void sleep(long millis) throws InterruptedException {
		Thread.sleep(millis);
	}

	static void lastSleep(long millis) throws InterruptedException {
		Thread.sleep(millis);
	}

	static void allowed(long millis) throws InterruptedException {
		Thread.sleep(millis);
	}

	static void park(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

	static void await(long millis) throws InterruptedException {
		new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
	}

	static void objectWait(long millis) throws InterruptedException {
		Object monitor = new Object();
		synchronized (monitor) {
			monitor.wait(millis);
		}
	}

	static int enter() {
		synchronized (MONITOR) {
			return MONITOR.hashCode();
		}
	}

	static int socketRead(Socket socket) throws IOException {
		return socket.getInputStream().read();
	}

	static void socketWrite(Socket socket) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(new byte[LARGE]);
	}

	static long startProcess() throws IOException {
		return new ProcessBuilder("true", "secret-argument").start().pid();
	}

	static void connect(InetSocketAddress address) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(address, 200);
		}
		catch (SocketTimeoutException ex) {
			// It had to wait.
		}
	}

	/**
	 * Computes for that much CPU time: who gets none on a busy machine is not accused.
	 */
	static void named(long millis) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long end = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (threads.getCurrentThreadCpuTime() < end) {
			Thread.onSpinWait();
		}
	}

	static void callsNamed(long millis) {
		named(millis);
	}

	/**
	 * Makes a file that gives its content some time after it was opened.
	 */
	static Path slowFile(Path directory, String name, long millis) throws Exception {
		Path fifo = directory.resolve(name);
		if (new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() != 0) {
			throw new IOException("no FIFO");
		}
		Thread writer = new Thread(() -> {
			try (OutputStream out = Files.newOutputStream(fifo)) {
				Thread.sleep(millis);
				out.write("content".getBytes());
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}, "writer");
		writer.setDaemon(true);
		writer.start();
		return fifo;
	}

	/**
	 * Holds the monitor on a thread of its own for some time.
	 */
	static void hold(String holder, long millis) throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			synchronized (MONITOR) {
				held.countDown();
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
			}
		}, holder);
		thread.setDaemon(true);
		thread.start();
		held.await();
	}

	/**
	 * Connects to a server that waits before it writes, and before it reads.
	 */
	static Socket slowServer(long millis) throws IOException {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> {
			try (server; Socket accepted = server.accept()) {
				Thread.sleep(millis);
				accepted.getOutputStream().write(1);
				accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
			}
			catch (IOException | InterruptedException ex) {
				// The test has closed its end.
			}
		}, "server");
		thread.setDaemon(true);
		thread.start();
		return new Socket(server.getInetAddress(), server.getLocalPort());
	}

	/**
	 * Returns connections that fill up what a server accepts, the server first.
	 */
	static List<AutoCloseable> fullServer() throws IOException {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		List<AutoCloseable> all = new ArrayList<>(List.of(server));
		for (int i = 0; i < 8; i++) {
			Socket socket = new Socket();
			all.add(socket);
			try {
				socket.connect(server.getLocalSocketAddress(), 100);
			}
			catch (SocketTimeoutException ex) {
				break;
			}
		}
		return all;
	}

}
