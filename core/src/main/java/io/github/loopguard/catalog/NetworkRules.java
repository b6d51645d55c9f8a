package io.github.loopguard.catalog;

import java.util.List;

import io.github.loopguard.catalog.Hook.Condition;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for sockets, name resolution and network interfaces.
 */
final class NetworkRules {

	private static final String INTERRUPTIBLE_CHANNEL = "java.nio.channels.spi.AbstractInterruptibleChannel";

	private NetworkRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(connect(), read(), write(), accept(), dns(), networkInterface());
	}

	private static RuleDefinition connect() {
		return rule("socket-connect", "Connecting a socket")
			.fix("TcpClient.create().host(host).port(port).connect() of reactor-netty, or "
					+ "bridge.run(() -> socket.connect(address))")
			.throwSafeEntry("java.net.Socket", "connect")
			.entry("sun.nio.ch.SocketChannelImpl", "blockingConnect")
			.throwSafeLeaf("sun.nio.ch.NioSocketImpl", "connect")
			// As the JDK closes a socket that fails to connect.
			.undoneBy("close")
			.build();
	}

	private static RuleDefinition read() {
		return rule("socket-read", "Reading from a socket")
			.fix("connection.inbound().receive() of reactor-netty's TcpClient, or "
					+ "bridge.call(() -> socket.getInputStream().read(buffer))")
			// Also makes random numbers and writes, in an order that differs.
			.entry("sun.security.ssl.SSLSocketImpl", "startHandshake", "getSession")
			.entry("sun.security.ssl.SSLSocketImpl$AppInputStream", "read")
			.throwSafeLeaf("java.net.Socket$SocketInputStream", "read")
			.throwSafeLeaf("java.net.DatagramSocket", "receive")
			.leafBetween(INTERRUPTIBLE_CHANNEL, "begin", "end")
			.only(Condition.SYSTEM_CHANNEL)
			.build();
	}

	private static RuleDefinition write() {
		return rule("socket-write", "Writing to a socket")
			.fix("connection.outbound().sendByteArray(Mono.just(bytes)) of reactor-netty's TcpClient, or "
					+ "bridge.run(() -> socket.getOutputStream().write(bytes))")
			.entry("sun.security.ssl.SSLSocketImpl$AppOutputStream", "write")
			.entry("sun.security.ssl.SSLSocketImpl", "close")
			.throwSafeLeaf("java.net.Socket$SocketOutputStream", "write")
			.throwSafeLeaf("java.net.Socket", "sendUrgentData")
			.throwSafeLeaf("java.net.DatagramSocket", "send")
			.leaf("sun.nio.ch.NioSocketImpl", "close")
			.only(Condition.LINGERING_SOCKET)
			.leaf("sun.nio.ch.SocketChannelImpl", "implCloseBlockingMode")
			.only(Condition.LINGERING_CHANNEL)
			.build();
	}

	private static RuleDefinition accept() {
		return rule("socket-accept", "Waiting for a connection")
			.fix("TcpServer.create().port(port).bind() of reactor-netty, or accept on a thread of its own")
			.throwSafeEntry("java.net.ServerSocket", "accept")
			.throwSafeLeaf("java.net.ServerSocket", "implAccept")
			.descriptor("(Ljava/net/Socket;)V")
			.build();
	}

	private static RuleDefinition dns() {
		return rule("dns-lookup", "Resolving a name")
			.fix("use a client with an asynchronous resolver, such as WebClient, or "
					+ "bridge.call(() -> InetAddress.getByName(host))")
			.throwSafeEntry("java.net.InetAddress", "getByName", "getAllByName")
			.only(Condition.HOST_NAME)
			.throwSafeEntry("java.net.InetAddress", "getHostName", "getCanonicalHostName", "getLocalHost")
			.throwSafeLeaf("java.net.InetAddress", "isReachable")
			.throwSafeLeaf("java.net.InetAddress$PlatformNameService", "lookupAllHostAddr", "getHostByAddr")
			.until(17)
			.throwSafeLeaf("java.net.InetAddress$PlatformResolver", "lookupByName", "lookupByAddress")
			.from(18)
			.build();
	}

	private static RuleDefinition networkInterface() {
		return rule("network-interface", "Asking for the network interfaces")
			.fix("ask once at start-up and keep the answer, or "
					+ "bridge.call(() -> NetworkInterface.networkInterfaces().toList())")
			.throwSafeLeaf("java.net.NetworkInterface", "getNetworkInterfaces", "networkInterfaces", "getByName",
					"getByIndex", "getByInetAddress", "isUp", "isLoopback", "isPointToPoint", "supportsMulticast",
					"getHardwareAddress", "getMTU")
			.build();
	}

}
