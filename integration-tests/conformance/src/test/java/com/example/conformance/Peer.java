package com.example.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody on the network who accepts connections and sends a few bytes on each.
 */
final class Peer implements AutoCloseable {

	private final ServerSocket server;

	private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

	private Peer(ServerSocket server) {
		this.server = server;
	}

	static Peer start() throws IOException {
		Peer peer = new Peer(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
		Thread thread = new Thread(peer::serve, "peer");
		thread.setDaemon(true);
		thread.start();
		return peer;
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.server.getLocalSocketAddress();
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Keeps something open for as long as this.
	 */
	<C extends AutoCloseable> C keep(C connection) {
		this.opened.add(connection);
		return connection;
	}

	Socket connected() throws IOException {
		return keep(new Socket(this.server.getInetAddress(), port()));
	}

	SocketChannel connectedChannel() throws IOException {
		return keep(SocketChannel.open(address()));
	}

	private void serve() {
		try {
			while (!this.server.isClosed()) {
				keep(this.server.accept()).getOutputStream().write(new byte[64]);
			}
		}
		catch (IOException ex) {
			if (!this.server.isClosed()) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	@Override
	public void close() throws Exception {
		this.server.close();
		for (AutoCloseable connection : this.opened) {
			connection.close();
		}
	}

}
