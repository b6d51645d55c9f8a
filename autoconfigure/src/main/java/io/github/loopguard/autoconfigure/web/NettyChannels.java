package io.github.loopguard.autoconfigure.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Knows which request a channel works for: a server's channel for the one it handles, an
 * HTTP client's for the one that made the call. Loaded only with Reactor Netty.
 */
final class NettyChannels {

	private static final AttributeKey<TrackedRequest> REQUEST = AttributeKey.valueOf("loopguard.request");

	private NettyChannels() {
	}

	static void begin(ServerHttpRequest request, TrackedRequest tracked) {
		Channel channel = channel(request);
		if (channel != null) {
			channel.attr(REQUEST).set(tracked);
		}
	}

	static void end(ServerHttpRequest request, TrackedRequest tracked) {
		Channel channel = channel(request);
		if (channel != null) {
			channel.attr(REQUEST).compareAndSet(tracked, null);
		}
	}

	/**
	 * Returns the request that a channel works for.
	 * @param work a handler's context or a connection
	 * @return the request, or {@code null} if there is none, or it is no channel
	 */
	static @Nullable TrackedRequest request(Object work) {
		Channel channel = (work instanceof ChannelHandlerContext handler) ? handler.channel()
				: (work instanceof ChannelOperations<?, ?> operations) ? operations.channel() : null;
		if (channel == null) {
			return null;
		}
		TrackedRequest handled = channel.hasAttr(REQUEST) ? channel.attr(REQUEST).get() : null;
		// Other clients' channels are pooled with the context of whoever opened them.
		return (handled == null && ChannelOperations.get(channel) instanceof HttpClientResponse call)
				? WorkedFor.request(((ChannelOperations<?, ?>) call).currentContext()) : handled;
	}

	private static @Nullable Channel channel(ServerHttpRequest request) {
		try {
			return (ServerHttpRequestDecorator.getNativeRequest(request) instanceof ChannelOperations<?, ?> operations)
					? operations.channel() : null;
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			// A mock, or a request of somebody's own.
			return null;
		}
	}

}
