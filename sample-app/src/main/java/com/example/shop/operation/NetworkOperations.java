package com.example.shop.operation;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.example.shop.Supplier;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;
import reactor.netty.udp.UdpServer;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.operation.LaneDns;

/**
 * Uses sockets and resolves names.
 */
@Area(name = "Network")
class NetworkOperations {

	private static final byte[] REQUEST = "GET /price HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final Supplier supplier;

	private final BlockingBridge bridge;

	private final LaneDns laneDns;

	private final TcpClient tcpClient;

	NetworkOperations(Supplier supplier, BlockingBridge bridge) {
		this.supplier = supplier;
		this.bridge = bridge;
		this.laneDns = LaneDns.in(bridge);
		this.tcpClient = TcpClient.newConnection().remoteAddress(() -> supplier.socketAddress());
	}

	@PostMapping("/socket-connect/blocking")
	@Blocks(api = "new Socket(address, port)", rule = "socket-connect")
	String socketConnect() throws IOException {
		try (Socket socket = new Socket(this.supplier.address(), this.supplier.port())) {
			return "connected";
		}
	}

	@PostMapping("/socket-connect/fixed")
	Mono<String> socketConnectFixed() {
		return this.tcpClient.connect().map((connection) -> {
			connection.dispose();
			return "connected";
		});
	}

	@PostMapping("/socket-write/blocking")
	@Blocks(api = "Socket.getOutputStream().write(bytes)", rule = "socket-write")
	String socketWrite() throws IOException {
		try (Socket socket = new Socket(this.supplier.address(), this.supplier.port())) {
			socket.getOutputStream().write(REQUEST);
			return "sent";
		}
	}

	@PostMapping("/socket-write/fixed")
	Mono<String> socketWriteFixed() {
		return this.tcpClient.connect()
			.flatMap((connection) -> connection.outbound()
				.sendByteArray(Mono.just(REQUEST))
				.then()
				.thenReturn("sent")
				.doFinally((signal) -> connection.dispose()));
	}

	@PostMapping("/socket-read/blocking")
	@Blocks(api = "Socket.getInputStream().read()", rule = "socket-read")
	String socketRead() throws IOException {
		try (Socket socket = new Socket(this.supplier.address(), this.supplier.port())) {
			socket.getOutputStream().write(REQUEST);
			InputStream in = socket.getInputStream();
			return in.read(new byte[8]) + " bytes";
		}
	}

	@PostMapping("/socket-read/fixed")
	Mono<String> socketReadFixed() {
		return this.tcpClient.connect()
			.flatMap((connection) -> connection.outbound()
				.sendByteArray(Mono.just(REQUEST))
				.then()
				.then(connection.inbound().receive().asByteArray().next())
				.map((answer) -> answer.length + " bytes")
				.doFinally((signal) -> connection.dispose()));
	}

	@PostMapping("/datagram-receive/blocking")
	@Blocks(api = "DatagramSocket.receive(packet)", rule = "socket-read")
	String datagramReceive() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0, this.supplier.address())) {
			socket.setSoTimeout(25);
			socket.receive(new DatagramPacket(new byte[8], 8));
			return "received";
		}
		catch (SocketTimeoutException ex) {
			return "nothing received";
		}
	}

	@PostMapping("/datagram-receive/fixed")
	Mono<String> datagramReceiveFixed() {
		return UdpServer.create()
			.bindAddress(() -> new InetSocketAddress(this.supplier.address(), 0))
			.bind()
			.flatMap((connection) -> connection.inbound()
				.receive()
				.next()
				.map((packet) -> "received")
				.timeout(Duration.ofMillis(25), Mono.just("nothing received"))
				.doFinally((signal) -> connection.dispose()));
	}

	@PostMapping("/socket-accept/blocking")
	@Blocks(api = "ServerSocket.accept()", rule = "socket-accept")
	String socketAccept() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, this.supplier.address())) {
			server.setSoTimeout(25);
			server.accept().close();
			return "somebody came";
		}
		catch (SocketTimeoutException ex) {
			return "nobody came";
		}
	}

	@PostMapping("/socket-accept/fixed")
	Mono<String> socketAcceptFixed() {
		return TcpServer.create()
			.bindAddress(() -> new InetSocketAddress(this.supplier.address(), 0))
			.bind()
			.flatMap((server) -> Mono.delay(Duration.ofMillis(25))
				.thenReturn("nobody came")
				.doFinally((signal) -> server.dispose()));
	}

	@PostMapping("/host-name/blocking")
	@Blocks(api = "InetAddress.getCanonicalHostName()", rule = "dns-lookup")
	String hostName(ServerHttpRequest request) throws IOException {
		byte[] client = request.getRemoteAddress().getAddress().getAddress();
		return InetAddress.getByAddress(client).getCanonicalHostName();
	}

	@PostMapping("/host-name/fixed")
	Mono<String> hostNameFixed(ServerHttpRequest request) {
		return this.laneDns.reverse(request.getRemoteAddress().getAddress());
	}

	@PostMapping("/reachable/blocking")
	@Blocks(api = "InetAddress.isReachable(timeout)", rule = "dns-lookup")
	String reachable() throws IOException {
		return this.supplier.address().isReachable(50) ? "reachable" : "not reachable";
	}

	@PostMapping("/reachable/fixed")
	Mono<String> reachableFixed() {
		return this.bridge.call(() -> this.supplier.address().isReachable(50) ? "reachable" : "not reachable");
	}

	@PostMapping("/interfaces/blocking")
	@Blocks(api = "NetworkInterface.networkInterfaces()", rule = "network-interface")
	String interfaces() throws IOException {
		return NetworkInterface.networkInterfaces().count() + " interfaces";
	}

	@PostMapping("/interfaces/fixed")
	Mono<String> interfacesFixed() {
		return this.bridge.call(() -> NetworkInterface.networkInterfaces().count() + " interfaces");
	}

}
