package com.example.shop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.springframework.stereotype.Component;

/**
 * The supplier whom the shop asks for prices over HTTP. It lives in the same process, but
 * answers on threads of its own: an event loop that waits for an answer which only that
 * same event loop could give would wait for ever.
 */
@Component
public class Supplier implements AutoCloseable {

	private static final byte[] PRICE = "39.00 EUR".getBytes(StandardCharsets.US_ASCII);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	Supplier() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/price", Supplier::answer);
		this.server.start();
	}

	/**
	 * Returns where to ask for the price of a kettle.
	 */
	public URI price() {
		return URI.create("http://" + address().getHostAddress() + ":" + port() + "/price");
	}

	public InetSocketAddress socketAddress() {
		return this.server.getAddress();
	}

	public InetAddress address() {
		return this.server.getAddress().getAddress();
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private static void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.sendResponseHeaders(200, PRICE.length);
			exchange.getResponseBody().write(PRICE);
		}
	}

}
