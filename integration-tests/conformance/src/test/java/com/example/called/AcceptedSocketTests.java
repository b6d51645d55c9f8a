package com.example.called;

import java.net.ServerSocket;
import java.net.Socket;

import javax.net.ssl.SSLServerSocketFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server of TLS closes a socket without a descriptor whenever it accepts one. Asking
 * that socket whether it lingers would crash the JVM.
 */
class AcceptedSocketTests {

	@BeforeAll
	static void install() {
		Loops.install();
	}

	@Test
	void socketOfTlsIsAccepted() throws Exception {
		try (ServerSocket server = SSLServerSocketFactory.getDefault().createServerSocket(0);
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
				Socket accepted = server.accept()) {
			assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
		}
	}

}
