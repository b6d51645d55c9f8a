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
			.throwSafeEntry("java.net.Socket", "connect")
			.entry("sun.nio.ch.SocketChannelImpl", "blockingConnect")
			.throwSafeLeaf("sun.nio.ch.NioSocketImpl", "connect")
			.build();
	}

	private static RuleDefinition read() {
		return rule("socket-read", "Reading from a socket")
			.fix("use a non-blocking client (reactor-netty's TcpClient), or read on the bridge")
			.throwSafeLeaf("java.net.Socket$SocketInputStream", "read")
			.throwSafeLeaf("java.net.DatagramSocket", "receive")
			.leafBetween(INTERRUPTIBLE_CHANNEL, "begin", "end")
			.onSystemChannel()
			.build();
	}

	private static RuleDefinition write() {
		return rule("socket-write", "Writing to a socket")
			.fix("use a non-blocking client (reactor-netty's TcpClient), or write on the bridge")
			.throwSafeLeaf("java.net.Socket$SocketOutputStream", "write")
			.build();
	}

	private static RuleDefinition accept() {
		return rule("socket-accept", "Waiting for a connection")
			.fix("use a non-blocking server (reactor-netty's TcpServer), or accept on a thread of its own")
			.throwSafeEntry("java.net.ServerSocket", "accept")
			.throwSafeLeaf("java.net.ServerSocket", "implAccept")
			.descriptor("(Ljava/net/Socket;)V")
			.build();
	}

	private static RuleDefinition dns() {
		return rule("dns-lookup", "Resolving a name")
			.fix("use a client with an asynchronous resolver (WebClient, reactor-netty), or resolve on the bridge")
			.throwSafeEntry("java.net.InetAddress", "getByName", "getAllByName", "getHostName", "getCanonicalHostName",
					"getLocalHost")
			.throwSafeLeaf("java.net.InetAddress", "isReachable")
			.throwSafeLeaf("java.net.InetAddress$PlatformNameService", "lookupAllHostAddr", "getHostByAddr")
			.until(17)
			.throwSafeLeaf("java.net.InetAddress$PlatformResolver", "lookupByName", "lookupByAddress")
			.from(18)
			.build();
	}

}
