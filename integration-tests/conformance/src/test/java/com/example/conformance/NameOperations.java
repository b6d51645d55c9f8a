package com.example.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.springframework.stereotype.Component;

/**
 * Resolves names and addresses. The JVM runs without a cache of names.
 */
@Component
class NameOperations implements Operations {

	@Blocks(rule = "dns-lookup", api = "java.net.InetAddress.getByName")
	void getByName() throws IOException {
		InetAddress.getByName("localhost");
	}

	@Blocks(rule = "dns-lookup", api = "java.net.InetAddress.getAllByName")
	void getAllByName() throws IOException {
		InetAddress.getAllByName("localhost");
	}

	@Blocks(rule = "dns-lookup", api = "java.net.InetSocketAddress.<init>")
	void newSocketAddress() {
		new InetSocketAddress("localhost", 80);
	}

	InetAddress address() throws IOException {
		return InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 });
	}

	@Blocks(rule = "dns-lookup", api = "java.net.InetAddress.getHostName", given = "address")
	void getHostName(InetAddress address) {
		address.getHostName();
	}

	@Blocks(rule = "dns-lookup", api = "java.net.InetAddress.getCanonicalHostName", given = "address")
	void getCanonicalHostName(InetAddress address) {
		address.getCanonicalHostName();
	}

	@Blocks(rule = "dns-lookup", api = "java.net.InetAddress.isReachable", given = "address")
	void isReachable(InetAddress address) throws IOException {
		address.isReachable(1_000);
	}

	@Blocks(rule = "dns-lookup", api = "java.net.InetAddress.getLocalHost", once = true)
	void getLocalHost() throws IOException {
		InetAddress.getLocalHost();
	}

}
