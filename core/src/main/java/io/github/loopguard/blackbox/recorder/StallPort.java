package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.blackbox.BlackBoxSettings.Port;
import io.github.loopguard.daemon.DaemonThread;
import io.github.loopguard.daemon.Failures;

/**
 * Answers {@code GET /stall} on a port of its own, on one thread of its own that never
 * waits for a client. At most 32 connections are open, none for longer than 2 s, and a
 * new one takes the place of the oldest.
 */
final class StallPort {

	private static final int MOST_CONNECTIONS = 32;

	private static final int BACKLOG = 64;

	private static final long LONGEST_CONNECTION = TimeUnit.SECONDS.toNanos(2);

	private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long BETWEEN_ANSWERS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long BEFORE_RETRY = TimeUnit.SECONDS.toNanos(10);

	private static final long PERIOD = 200;

	private final DaemonThread thread = new DaemonThread("loopguard-stall-port", this::step, new Failures());

	private final LoopCondition condition;

	private final Deque<StallConnection> connections = new ArrayDeque<>();

	private volatile @Nullable Port wanted;

	private volatile @Nullable Selector selector;

	private volatile @Nullable String problem;

	private volatile int number = -1;

	private @Nullable Port current;

	private @Nullable ServerSocketChannel server;

	private @Nullable StallResponses responses;

	private long triedAt;

	private long lookedAt;

	private long answeredAt;

	StallPort(LoopCondition condition) {
		this.condition = condition;
	}

	/**
	 * Replaces the settings. Returns at once.
	 * @param port the settings, or {@code null} for no port
	 */
	void configure(@Nullable Port port) {
		boolean off = port == null && this.wanted == null;
		this.wanted = port;
		if (!off) {
			this.thread.ensureRunning();
			Selector waiting = this.selector;
			if (waiting != null) {
				waiting.wakeup();
			}
		}
	}

	/**
	 * Returns why nothing is answered, and what to do about it, or {@code null}.
	 */
	@Nullable String problem() {
		return (this.wanted != null) ? this.problem : null;
	}

	/**
	 * Returns the port, or -1 if it is not open.
	 */
	int number() {
		return this.number;
	}

	private void step() throws InterruptedException {
		Port wanted = this.wanted;
		long now = System.nanoTime();
		if (!Objects.equals(wanted, this.current)) {
			close();
			this.current = wanted;
			this.problem = null;
			this.triedAt = now - BEFORE_RETRY;
		}
		if (wanted != null && this.server == null && now - this.triedAt >= BEFORE_RETRY) {
			this.triedAt = now;
			open(wanted);
		}
		ServerSocketChannel server = this.server;
		Selector selector = this.selector;
		if (wanted == null || server == null || selector == null) {
			Thread.sleep(PERIOD);
			return;
		}
		try {
			serve(server, selector, wanted.limit());
		}
		catch (Throwable ex) {
			close();
			this.triedAt = now;
			this.problem = "the port " + wanted.port() + " was closed, because of " + ex
					+ "; it is opened again within seconds";
		}
	}

	private void open(Port wanted) {
		String place = wanted.address() + ":" + wanted.port();
		try {
			this.selector = Selector.open();
			ServerSocketChannel opened = ServerSocketChannel.open();
			this.server = opened;
			opened.bind(new InetSocketAddress(InetAddress.getByName(wanted.address()), wanted.port()), BACKLOG);
			opened.configureBlocking(false);
			opened.register(this.selector, SelectionKey.OP_ACCEPT);
			this.number = opened.socket().getLocalPort();
			this.problem = null;
		}
		catch (IOException | RuntimeException ex) {
			close();
			this.problem = "cannot listen on " + place + ", because of " + ex
					+ "; choose another loopguard.black-box.http.port or loopguard.black-box.http.address, it is tried "
					+ "again every " + Duration.ofNanos(BEFORE_RETRY).toSeconds() + " s";
		}
	}

	private void serve(ServerSocketChannel server, Selector selector, Duration limit) throws IOException {
		selector.select(PERIOD);
		long now = System.nanoTime();
		if (now - this.lookedAt >= BETWEEN_LOOKS) {
			this.lookedAt = now;
			this.condition.look(now);
		}
		for (SelectionKey key : selector.selectedKeys()) {
			if (key.attachment() instanceof StallConnection connection) {
				connection.proceed(() -> responses(limit));
			}
		}
		boolean accepting = selector.selectedKeys().contains(server.keyFor(selector));
		selector.selectedKeys().clear();
		this.connections.removeIf((connection) -> connection.isOver(now));
		if (accepting) {
			accept(server, selector, now);
		}
	}

	private void accept(ServerSocketChannel server, Selector selector, long now) throws IOException {
		for (int i = 0; i < MOST_CONNECTIONS; i++) {
			SocketChannel channel = server.accept();
			if (channel == null) {
				return;
			}
			if (this.connections.size() >= MOST_CONNECTIONS) {
				this.connections.removeFirst().close();
			}
			this.connections.addLast(StallConnection.open(channel, selector, now + LONGEST_CONNECTION));
		}
	}

	/**
	 * Returns the responses, which are made anew now and then only, however many ask.
	 */
	private StallResponses responses(Duration limit) {
		StallResponses known = this.responses;
		long now = System.nanoTime();
		if (known == null || now - this.answeredAt >= BETWEEN_ANSWERS) {
			this.answeredAt = now;
			StallAnswer answer = this.condition.answer(now);
			known = new StallResponses(answer.isDown(limit), answer.json());
			this.responses = known;
		}
		return known;
	}

	private void close() {
		this.number = -1;
		this.connections.forEach(StallConnection::close);
		this.connections.clear();
		closeQuietly(this.server);
		closeQuietly(this.selector);
		this.server = null;
		this.selector = null;
	}

	private static void closeQuietly(@Nullable AutoCloseable closeable) {
		try {
			if (closeable != null) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			// There is nothing more to close.
		}
	}

}
