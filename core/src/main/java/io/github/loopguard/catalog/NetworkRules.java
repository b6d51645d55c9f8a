package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for sockets and name resolution.
 */
final class NetworkRules {

	private static final String INTERRUPTIBLE_CHANNEL = "java.nio.channels.spi.AbstractInterruptibleChannel";

	private NetworkRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(connect(), read(), write(), accept(), dns());
	}

	private static RuleDefinition connect() {
		return rule("socket-connect", "Connecting a socket")
			.fix("use a non-blocking client (reactor-netty's TcpClient), or connect on the bridge")
			.entry("java.net.Socket", "connect")
			.throwSafe()
			.entry("sun.nio.ch.SocketChannelImpl", "blockingConnect")
			.leaf("sun.nio.ch.NioSocketImpl", "connect")
			.throwSafe()
			.build();
	}

	private static RuleDefinition read() {
		return rule("socket-read", "Reading from a socket")
			.fix("use a non-blocking client (reactor-netty's TcpClient), or read on the bridge")
			.leaf("java.net.Socket$SocketInputStream", "read")
			.throwSafe()
			.leaf("java.net.DatagramSocket", "receive")
			.throwSafe()
			.leafBetween(INTERRUPTIBLE_CHANNEL, "begin", "end")
			.onSystemChannel()
			.build();
	}

	private static RuleDefinition write() {
		return rule("socket-write", "Writing to a socket")
			.fix("use a non-blocking client (reactor-netty's TcpClient), or write on the bridge")
			.leaf("java.net.Socket$SocketOutputStream", "write")
			.throwSafe()
			.build();
	}

	private static RuleDefinition accept() {
		return rule("socket-accept", "Waiting for a connection")
			.fix("use a non-blocking server (reactor-netty's TcpServer), or accept on a thread of its own")
			.entry("java.net.ServerSocket", "accept")
			.throwSafe()
			.leaf("java.net.ServerSocket", "implAccept")
			.descriptor("(Ljava/net/Socket;)V")
			.throwSafe()
			.build();
	}

	private static RuleDefinition dns() {
		return rule("dns-lookup", "Resolving a name")
			.fix("use a client with an asynchronous resolver (WebClient, reactor-netty), or resolve on the bridge")
			.entry("java.net.InetAddress", "getByName", "getAllByName", "getHostName", "getCanonicalHostName",
					"getLocalHost")
			.throwSafe()
			.leaf("java.net.InetAddress", "isReachable")
			.throwSafe()
			.leaf("java.net.InetAddress$PlatformNameService", "lookupAllHostAddr", "getHostByAddr")
			.until(17)
			.throwSafe()
			.leaf("java.net.InetAddress$PlatformResolver", "lookupByName", "lookupByAddress")
			.from(18)
			.throwSafe()
			.build();
	}

}
