package com.example.shop;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.stereotype.Component;

/**
 * The directory of the shop's staff: as much of an LDAP server as it takes to answer a
 * look-up.
 */
@Component
public class StaffDirectory implements AutoCloseable {

	private static final String CLERK = "cn=clerk,o=shop";

	private static final byte[] SUCCESS = { 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00 };

	private static final int BIND = 0x60;

	private static final int SEARCH = 0x63;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ServerSocket server;

	StaffDirectory() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.threads.execute(this::serve);
	}

	/**
	 * Returns the address of the clerk's entry.
	 */
	public String clerk() {
		return "ldap://" + this.server.getInetAddress().getHostAddress() + ":" + this.server.getLocalPort() + "/"
				+ CLERK;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

	private void serve() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.threads.execute(() -> answer(client));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private static void answer(Socket client) {
		try (client) {
			DataInputStream in = new DataInputStream(client.getInputStream());
			OutputStream out = client.getOutputStream();
			while (true) {
				byte[] request = message(in);
				byte id = request[2];
				switch (request[3]) {
					case BIND -> out.write(message(id, 0x61, SUCCESS));
					case SEARCH -> {
						out.write(message(id, 0x64, entry()));
						out.write(message(id, 0x65, SUCCESS));
					}
					default -> {
						return;
					}
				}
			}
		}
		catch (IOException ex) {
			// The client has gone.
		}
	}

	private static byte[] message(DataInputStream in) throws IOException {
		in.readByte();
		int length = in.readUnsignedByte();
		if (length > 0x7f) {
			int bytes = length & 0x7f;
			length = 0;
			for (int i = 0; i < bytes; i++) {
				length = (length << 8) | in.readUnsignedByte();
			}
		}
		byte[] content = new byte[length];
		in.readFully(content);
		return content;
	}

	private static byte[] entry() {
		ByteArrayOutputStream entry = new ByteArrayOutputStream();
		entry.write(0x04);
		entry.write(CLERK.length());
		entry.writeBytes(CLERK.getBytes(StandardCharsets.US_ASCII));
		entry.write(0x30);
		entry.write(0x00);
		return entry.toByteArray();
	}

	private static byte[] message(byte id, int operation, byte[] content) {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		message.writeBytes(new byte[] { 0x30, (byte) (content.length + 5), 0x02, 0x01, id });
		message.write(operation);
		message.write(content.length);
		message.writeBytes(content);
		return message.toByteArray();
	}

}
