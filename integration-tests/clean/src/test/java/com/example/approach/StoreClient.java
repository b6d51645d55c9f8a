package com.example.approach;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import reactor.core.publisher.Mono;

/**
 * Reads from Redis with the protocol of {@link Reply} and the I/O of a {@link Pipeline}.
 */
public final class StoreClient implements AutoCloseable {

	private final Pipeline<Reply> redis;

	private StoreClient(Pipeline<Reply> redis) {
		this.redis = redis;
	}

	/**
	 * Connects to Redis.
	 * @param host name of the host
	 * @param port port of the host
	 * @return the client
	 */
	public static Mono<StoreClient> connect(String host, int port) {
		return Pipeline.connect(host, port, (connection) -> connection.addHandlerLast(new ReplyDecoder()), Reply.class)
			.map(StoreClient::new);
	}

	/**
	 * Reads a value.
	 * @param key its key, without spaces
	 * @return the value, or nothing if there is none
	 */
	public Mono<String> get(String key) {
		return this.redis.send("GET " + Reply.requireWord(key) + "\r\n").flatMap((reply) -> {
			if (reply.error() != null) {
				return Mono.error(new IllegalStateException(reply.error()));
			}
			return Mono.justOrEmpty(reply.value());
		});
	}

	@Override
	public void close() {
		this.redis.close();
	}

	private static final class ReplyDecoder extends ByteToMessageDecoder {

		@Override
		protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
			Reply reply = Reply.parse(in);
			if (reply != null) {
				out.add(reply);
			}
		}

	}

}
