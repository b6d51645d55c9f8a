package com.example.conformance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import org.springframework.stereotype.Component;

/**
 * Connects, reads from and writes to blocking sockets, and accepts connections.
 */
@Component
class SocketOperations implements Operations {

	Peer peer() throws IOException {
		return Peer.start();
	}

	@Blocks(rule = "socket-connect", api = "java.net.Socket.connect", given = "peer")
	void connect(Peer peer) throws IOException {
		Socket socket = peer.keep(new Socket());
		socket.connect(peer.address());
	}

	@Blocks(rule = "socket-connect", api = "java.net.Socket.connect", given = "peer")
	void connectInTime(Peer peer) throws IOException {
		Socket socket = peer.keep(new Socket());
		socket.connect(peer.address(), 20_000);
	}

	@Blocks(rule = "socket-connect", api = "java.net.Socket.<init>", besides = "dns-lookup", given = "peer")
	void newSocketByName(Peer peer) throws IOException {
		peer.keep(new Socket("localhost", peer.port()));
	}

	@Blocks(rule = "socket-connect", api = "java.net.Socket.<init>", given = "peer")
	void newSocketByAddress(Peer peer) throws IOException {
		peer.keep(new Socket(peer.address().getAddress(), peer.port()));
	}

	@Blocks(rule = "socket-connect", api = "java.nio.channels.SocketChannel.open", given = "peer")
	void channelOpen(Peer peer) throws IOException {
		peer.keep(SocketChannel.open(peer.address()));
	}

	@Blocks(rule = "socket-connect", api = "java.nio.channels.SocketChannel.connect", given = "peer")
	void channelConnect(Peer peer) throws IOException {
		SocketChannel channel = peer.keep(SocketChannel.open());
		channel.connect(peer.address());
	}

	Connection<Socket> socket() throws IOException {
		Peer peer = Peer.start();
		return new Connection<>(peer, peer.connected());
	}

	Connection<SocketChannel> channel() throws IOException {
		Peer peer = Peer.start();
		return new Connection<>(peer, peer.connectedChannel());
	}

	@Blocks(rule = "socket-read", api = "java.io.InputStream.read", given = "socket")
	void socketRead(Connection<Socket> connection) throws IOException {
		connection.socket().getInputStream().read(new byte[8]);
	}

	@Blocks(rule = "socket-write", api = "java.io.OutputStream.write", given = "socket")
	void socketWrite(Connection<Socket> connection) throws IOException {
		connection.socket().getOutputStream().write(new byte[8]);
	}

	@Blocks(rule = "socket-write", api = "java.net.Socket.sendUrgentData", given = "socket")
	void sendUrgentData(Connection<Socket> connection) throws IOException {
		connection.socket().sendUrgentData(1);
	}

	@Blocks(rule = "socket-read", api = "java.nio.channels.SocketChannel.read", given = "channel")
	void channelRead(Connection<SocketChannel> connection) throws IOException {
		connection.socket().read(ByteBuffer.allocate(8));
	}

	@Blocks(rule = "socket-write", api = "java.nio.channels.SocketChannel.write", given = "channel")
	void channelWrite(Connection<SocketChannel> connection) throws IOException {
		connection.socket().write(ByteBuffer.allocate(8));
	}

	Connection<Socket> lingering() throws IOException {
		Connection<Socket> connection = socket();
		connection.socket().setSoLinger(true, 5);
		return connection;
	}

	Connection<SocketChannel> lingeringChannel() throws IOException {
		Connection<SocketChannel> connection = channel();
		connection.socket().setOption(StandardSocketOptions.SO_LINGER, 5);
		return connection;
	}

	@Blocks(rule = "socket-write", api = "java.net.Socket.close", given = "lingering")
	void lingeringClose(Connection<Socket> connection) throws IOException {
		Socket socket = connection.socket();
		socket.close();
	}

	@Blocks(rule = "socket-write", api = { "java.nio.channels.spi.AbstractInterruptibleChannel.close",
			"java.nio.channels.SocketChannel.close" }, given = "lingeringChannel")
	void lingeringChannelClose(Connection<SocketChannel> connection) throws IOException {
		SocketChannel channel = connection.socket();
		channel.close();
	}

	DatagramSocket datagrams() throws IOException {
		DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		socket.send(new DatagramPacket(new byte[8], 8, socket.getLocalSocketAddress()));
		return socket;
	}

	@Blocks(rule = "socket-read", api = "java.net.DatagramSocket.receive", given = "datagrams")
	void datagramReceive(DatagramSocket socket) throws IOException {
		socket.receive(new DatagramPacket(new byte[8], 8));
	}

	@Blocks(rule = "socket-write", api = "java.net.DatagramSocket.send", given = "datagrams")
	void datagramSend(DatagramSocket socket) throws IOException {
		socket.send(new DatagramPacket(new byte[8], 8, socket.getLocalSocketAddress()));
	}

	Connection<ServerSocket> server() throws IOException {
		ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
		return new Connection<>(new Socket(server.getInetAddress(), server.getLocalPort()), server);
	}

	@Blocks(rule = "socket-accept", api = "java.net.ServerSocket.accept", given = "server")
	void serverSocketAccept(Connection<ServerSocket> connection) throws IOException {
		connection.socket().accept().close();
	}

	Connection<ServerSocketChannel> serverChannel() throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open().bind(null);
		return new Connection<>(new Socket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort()), server);
	}

	@Blocks(rule = "socket-accept", api = "java.nio.channels.ServerSocketChannel.accept", given = "serverChannel")
	void serverChannelAccept(Connection<ServerSocketChannel> connection) throws IOException {
		connection.socket().accept().close();
	}

	/**
	 * One end of a connection, with whoever is at the other.
	 *
	 * @param other the other end
	 * @param socket this end
	 */
	record Connection<S extends AutoCloseable>(AutoCloseable other, S socket) implements AutoCloseable {

		@Override
		public void close() throws Exception {
			this.socket.close();
			this.other.close();
		}

	}

}
