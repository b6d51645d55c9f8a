package com.example.threads;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.r2dbc.spi.ConnectionFactories;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.impl.PulsarClientImpl;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

import static com.example.threads.LibraryThread.loop;
import static com.example.threads.LibraryThread.pool;

/**
 * Threads on which clients call an application back. Where it takes a server, one that
 * hangs up at once does.
 */
final class ClientThreads {

	private static final ClientResources LETTUCE = ClientResources.create();

	private ClientThreads() {
	}

	static List<LibraryThread> all() {
		return List.of(
				loop("java.net.http", "HttpClient-*-SelectorManager",
						"the selector, and callbacks with an executor that runs in place",
						(task) -> http(HttpClient.newBuilder().executor(Runnable::run), task)),
				pool("java.net.http", "HttpClient-*-Worker-*", "callbacks",
						(task) -> http(HttpClient.newBuilder(), task)),
				loop("AWS SDK", "aws-java-sdk-NettyEventLoop-*", "the Netty client",
						(task) -> SdkEventLoopGroup.builder().build().eventLoopGroup().execute(task)),
				loop("Pulsar", "pulsar-client-io-*", "connections", (task) -> pulsar().eventLoopGroup().execute(task)),
				loop("Pulsar", "pulsar-timer-*", "timeouts",
						(task) -> pulsar().timer().newTimeout((timeout) -> task.run(), 1, TimeUnit.MILLISECONDS)),
				pool("Pulsar", "pulsar-external-listener-*", "message listeners",
						(task) -> pulsar().externalExecutorProvider().getExecutor().execute(task)),
				pool("Pulsar", "pulsar-client-internal-*", "the client's own work",
						(task) -> pulsar().getInternalExecutorService().execute(task)),
				loop("Lettuce", "lettuce-*EventLoop-*", "connections; results unless published elsewhere",
						(task) -> LETTUCE.eventLoopGroupProvider()
							.allocate(MultiThreadIoEventLoopGroup.class)
							.execute(task)),
				loop("Lettuce", "lettuce-timer-*", "timeouts",
						(task) -> LETTUCE.timer().newTimeout((timeout) -> task.run(), 1, TimeUnit.MILLISECONDS)),
				pool("Lettuce", "lettuce-eventExecutorLoop-*", "events, results with `publishOnScheduler`",
						(task) -> LETTUCE.eventExecutorGroup().execute(task)),
				loop("R2DBC PostgreSQL", "reactor-tcp-*", "signals", (task) -> r2dbc("postgresql", task)),
				loop("R2DBC MariaDB", "reactor-tcp-*", "signals", (task) -> r2dbc("mariadb", task)),
				loop("R2DBC MySQL", "reactor-tcp-*", "signals", (task) -> r2dbc("mysql", task)),
				pool("Jetty", "HttpClient@*", "callbacks of the (reactive) HTTP client", ClientThreads::jetty),
				pool("MongoDB", "*Thread-*",
						"signals: the JDK's threads for asynchronous channels, unless Netty is its transport",
						ClientThreads::asynchronousChannel));
	}

	private static void http(HttpClient.Builder client, Runnable task) throws IOException {
		client.build()
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + answers() + "/")).build(),
					(information) -> {
						task.run();
						return BodySubscribers.discarding();
					});
	}

	private static PulsarClientImpl pulsar() throws IOException {
		return (PulsarClientImpl) PulsarClient.builder().serviceUrl("pulsar://localhost:1").build();
	}

	private static void r2dbc(String driver, Runnable task) throws IOException {
		Mono.from(
				ConnectionFactories.get("r2dbc:" + driver + "://user:secret@localhost:" + hangsUp() + "/shop").create())
			.doOnError((problem) -> task.run())
			.subscribe((connection) -> {
			}, (problem) -> {
			});
	}

	private static void jetty(Runnable task) throws Exception {
		org.eclipse.jetty.client.HttpClient client = new org.eclipse.jetty.client.HttpClient();
		client.start();
		client.newRequest("http://localhost:" + hangsUp() + "/").send((result) -> task.run());
	}

	private static void asynchronousChannel(Runnable task) throws IOException {
		AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
		channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hangsUp()), null,
				new CompletionHandler<Void, Object>() {

					@Override
					public void completed(Void result, Object attachment) {
						java.nio.ByteBuffer answer = java.nio.ByteBuffer.allocate(1);
						channel.read(answer, null, new CompletionHandler<Integer, Object>() {

							@Override
							public void completed(Integer read, Object attachment) {
								task.run();
							}

							@Override
							public void failed(Throwable problem, Object attachment) {
								task.run();
							}
						});
					}

					@Override
					public void failed(Throwable problem, Object attachment) {
						task.run();
					}
				});
	}

	private static int answers() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		server.start();
		return server.getAddress().getPort();
	}

	/**
	 * Starts a server that closes every connection.
	 * @return its port
	 */
	private static int hangsUp() throws IOException {
		ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> {
			try (server) {
				while (true) {
					server.accept().close();
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return server.getLocalPort();
	}

}
