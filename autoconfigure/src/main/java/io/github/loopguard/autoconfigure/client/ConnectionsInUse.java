package io.github.loopguard.autoconfigure.client;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientInfos;

/**
 * Open connections of clients, and the threads of their event loops: who waits for a
 * connection waits for the event loops of those in use.
 */
final class ConnectionsInUse {

	private final Map<Channel, Thread> threads = new ConcurrentHashMap<>();

	/**
	 * Notes that a connection is used. Called on its event loop.
	 */
	void use(Channel connection) {
		if (this.threads.putIfAbsent(connection, Thread.currentThread()) == null) {
			connection.closeFuture().addListener((closed) -> this.threads.remove(connection));
		}
	}

	/**
	 * Returns the threads of the event loops that have connections to the same remote in
	 * use.
	 * @param url where a call goes to, unknown unless it is absolute
	 */
	List<Thread> loops(String url) {
		String remote = remote(url);
		return (remote == null) ? List.of()
				: this.threads.entrySet()
					.stream()
					.filter((it) -> remote.equals(remote(urlInUse(it.getKey()))))
					.map(Map.Entry::getValue)
					.distinct()
					.toList();
	}

	private static @Nullable String urlInUse(Channel connection) {
		return (ChannelOperations.get(connection) instanceof HttpClientInfos call) ? call.resourceUrl() : null;
	}

	private static @Nullable String remote(@Nullable String url) {
		try {
			URI uri = (url != null) ? URI.create(url) : null;
			if (uri == null || uri.getHost() == null) {
				return null;
			}
			boolean secure = "https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
			int port = (uri.getPort() >= 0) ? uri.getPort() : secure ? 443 : 80;
			return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
