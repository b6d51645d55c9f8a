package com.example.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

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

	/**
	 * Asks no resolver: the literal has the name of an interface.
	 */
	@Blocks(rule = "network-interface", api = "java.net.InetAddress.getByName", throwing = UnknownHostException.class)
	void scopedLiteral() throws IOException {
		InetAddress.getByName("fe80::1%none");
	}

	NetworkInterface loopback() throws IOException {
		return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
	}

	@Blocks(rule = "network-interface", api = "java.net.NetworkInterface.getNetworkInterfaces")
	void getNetworkInterfaces() throws IOException {
		NetworkInterface.getNetworkInterfaces();
	}

	@Blocks(rule = "network-interface", api = "java.net.NetworkInterface.getByName")
	void interfaceByName() throws IOException {
		NetworkInterface.getByName("lo");
	}

	@Blocks(rule = "network-interface", api = "java.net.NetworkInterface.getByInetAddress")
	void interfaceByAddress() throws IOException {
		NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
	}

	@Blocks(rule = "network-interface", api = "java.net.NetworkInterface.isUp", given = "loopback")
	void interfaceIsUp(NetworkInterface loopback) throws IOException {
		loopback.isUp();
	}

	@Blocks(rule = "network-interface", api = "java.net.NetworkInterface.getHardwareAddress", given = "loopback")
	void interfaceHardwareAddress(NetworkInterface loopback) throws IOException {
		loopback.getHardwareAddress();
	}

}
