package com.example.clients;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Just enough of some protocols to log in.
 */
final class Logins {

	private Logins() {
	}

	/**
	 * Accepts anybody.
	 */
	static void postgresql(Socket client) throws IOException {
		DataInputStream in = new DataInputStream(client.getInputStream());
		in.skipNBytes(in.readInt() - Integer.BYTES);
		DataOutputStream out = new DataOutputStream(client.getOutputStream());
		message(out, 'R', new byte[Integer.BYTES]);
		parameter(out, "server_version", "17.0");
		parameter(out, "client_encoding", "UTF8");
		parameter(out, "standard_conforming_strings", "on");
		parameter(out, "integer_datetimes", "on");
		parameter(out, "DateStyle", "ISO, MDY");
		parameter(out, "TimeZone", "UTC");
		message(out, 'K', new byte[2 * Integer.BYTES]);
		message(out, 'Z', new byte[] { 'I' });
		out.flush();
	}

	/**
	 * Speaks an old version of the protocol, and does not answer to {@code GET}.
	 */
	static void redis(Socket client) throws IOException {
		InputStream in = client.getInputStream();
		byte[] buffer = new byte[1024];
		for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
			String commands = new String(buffer, 0, length, StandardCharsets.US_ASCII);
			for (String command : commands.split("(?=\\*\\d+\\r\\n)")) {
				if (!command.contains("GET")) {
					String answer = command.contains("PING") ? "+PONG\r\n" : "-ERR unknown command\r\n";
					client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
				}
			}
		}
	}

	/**
	 * Takes any message.
	 */
	static void smtp(Socket client) throws IOException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
		answer(client, "220 ready");
		boolean data = false;
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			if (data && !line.equals(".")) {
				continue;
			}
			data = line.equals("DATA");
			answer(client, data ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 ok");
		}
	}

	private static void answer(Socket client, String answer) throws IOException {
		client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	private static void parameter(DataOutputStream out, String name, String value) throws IOException {
		message(out, 'S', (name + '\0' + value + '\0').getBytes(StandardCharsets.UTF_8));
	}

	private static void message(DataOutputStream out, char type, byte[] body) throws IOException {
		out.writeByte(type);
		out.writeInt(Integer.BYTES + body.length);
		out.write(body);
	}

}
