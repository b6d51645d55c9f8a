package com.example.approach;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/**
 * A connection on which requests follow each other without waiting. The answers come in
 * the same order.
 *
 * @param <T> type of the answers
 */
public final class Pipeline<T> implements AutoCloseable {

	private static final int MOST_AWAITED = 1_000;

	private final Connection connection;

	private final Executor loop;

	// Only touched by the event loop of the connection.
	private final Queue<Sinks.One<T>> awaited = new ArrayDeque<>();

	private Throwable ended;

	private Pipeline(Connection connection, Class<T> answers) {
		this.connection = connection;
		this.loop = connection.channel().eventLoop();
		connection.inbound()
			.receiveObject()
			.cast(answers)
			.subscribe((answer) -> this.awaited.remove().tryEmitValue(answer), this::end);
		connection.onDispose(() -> end(new ClosedChannelException()));
	}

	/**
	 * Connects.
	 * @param host name of the host
	 * @param port port of the host
	 * @param decoders adds the handlers that turn bytes into answers
	 * @param answers type of the answers
	 */
	static <T> Mono<Pipeline<T>> connect(String host, int port, Consumer<Connection> decoders, Class<T> answers) {
		return TcpClient.newConnection()
			.host(host)
			.port(port)
			.doOnConnected(decoders)
			.connect()
			.map((connection) -> new Pipeline<>(connection, answers));
	}

	/**
	 * Sends a request when somebody subscribes.
	 */
	Mono<T> send(String request) {
		return Mono.defer(() -> {
			Sinks.One<T> answer = Sinks.one();
			this.loop.execute(() -> send(request, answer));
			return answer.asMono();
		});
	}

	private void send(String request, Sinks.One<T> answer) {
		if (this.ended != null) {
			answer.tryEmitError(this.ended);
		}
		else if (this.awaited.size() == MOST_AWAITED) {
			answer.tryEmitError(new IllegalStateException(MOST_AWAITED + " requests are waiting for their answers"));
		}
		else {
			this.awaited.add(answer);
			this.connection.channel().writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.UTF_8));
		}
	}

	private void end(Throwable reason) {
		this.ended = reason;
		this.awaited.forEach((answer) -> answer.tryEmitError(reason));
		this.awaited.clear();
	}

	@Override
	public void close() {
		this.connection.dispose();
	}

}
