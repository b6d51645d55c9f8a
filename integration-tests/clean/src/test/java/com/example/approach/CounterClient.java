package com.example.approach;

import java.nio.charset.StandardCharsets;

import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import reactor.core.publisher.Mono;

/**
 * Counts in Redis, in whose protocol a request is a line, and so is an answer to INCR.
 */
public final class CounterClient implements AutoCloseable {

	private final Pipeline<String> redis;

	private CounterClient(Pipeline<String> redis) {
		this.redis = redis;
	}

	/**
	 * Connects to Redis.
	 * @param host name of the host
	 * @param port port of the host
	 * @return the client
	 */
	public static Mono<CounterClient> connect(String host, int port) {
		return Pipeline
			.connect(host, port,
					(connection) -> connection.addHandlerLast(new LineBasedFrameDecoder(512))
						.addHandlerLast(new StringDecoder(StandardCharsets.UTF_8)),
					String.class)
			.map(CounterClient::new);
	}

	/**
	 * Increments a counter.
	 * @param key its key, without spaces
	 * @return its new value
	 */
	public Mono<Long> increment(String key) {
		return this.redis.send("INCR " + Reply.requireWord(key) + "\r\n").map((answer) -> {
			if (!answer.startsWith(":")) {
				throw new IllegalStateException(answer);
			}
			return Long.valueOf(answer.substring(1));
		});
	}

	@Override
	public void close() {
		this.redis.close();
	}

}
