package io.github.loopguard.autoconfigure.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.netty.channel.ConnectTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import io.github.loopguard.detect.waiting.StallImpact;
import io.github.loopguard.detect.waiting.StallImpact.ClientTimeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that times out is blamed on the event loop that it waited for.
 */
class ClientTimeoutsTests {

	private final StallImpact impact = new StallImpact();

	private final LoopResources loops = LoopResources.create("timed", 3, true);

	private final ConnectionProvider pool = ConnectionProvider.builder("one")
		.maxConnections(1)
		.pendingAcquireTimeout(Duration.ofMillis(100))
		.build();

	private final HttpClient client = new ClientTimeouts(this.impact)
		.observe(HttpClient.create(this.pool).runOn(this.loops));

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<HttpServer> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.end.countDown();
		this.servers.forEach((server) -> server.stop(0));
		this.pool.dispose();
		this.loops.dispose();
	}

	@Test
	void callThatWaitsForAConnectionOfALoopThatStandsStill() throws Exception {
		HttpServer server = server();
		stall(hold(server));
		awaitNoConnection(server);
		assertThat(this.impact.timeouts(ClientTimeout.POOL)).isOne();
	}

	@Test
	void callThatWaitsForAConnectionOfALoopThatGoesOn() throws Exception {
		HttpServer server = server();
		hold(server);
		this.impact.lasts(Thread.currentThread(), TimeUnit.SECONDS.toNanos(1), null);
		awaitNoConnection(server);
		assertThat(this.impact.timeouts(ClientTimeout.POOL)).isZero();
	}

	@Test
	void callThatWaitsForAConnectionToAnotherRemoteThanThatOfALoopThatStandsStill() throws Exception {
		HttpServer server = server();
		Connection other = hold(server());
		Connection own = hold(server);
		assertThat(own.channel().eventLoop()).isNotSameAs(other.channel().eventLoop());
		stall(other);
		awaitNoConnection(server);
		assertThat(this.impact.timeouts(ClientTimeout.POOL)).isZero();
	}

	@Test
	void callThatALoopConnectsForAThreadThatStandsStill() throws Exception {
		CoreSubscriber<Connection> nobody = Operators.emptySubscriber();
		TimedCall call = new TimedCall(nobody, this.impact);
		this.impact.lasts(Thread.currentThread(), TimeUnit.SECONDS.toNanos(1), null);
		CompletableFuture.runAsync(() -> call.failed(new ConnectTimeoutException())).get(30, TimeUnit.SECONDS);
		assertThat(this.impact.timeouts(ClientTimeout.CONNECT)).isZero();
		call.failed(new ConnectTimeoutException());
		assertThat(this.impact.timeouts(ClientTimeout.CONNECT)).isOne();
	}

	/**
	 * Sends a request that is not answered.
	 */
	private Connection hold(HttpServer server) throws Exception {
		CompletableFuture<Connection> used = new CompletableFuture<>();
		this.client.doAfterRequest((request, connection) -> used.complete(connection))
			.get()
			.uri(uri(server))
			.response()
			.subscribe((answer) -> {
			}, (failure) -> {
			});
		return used.get(30, TimeUnit.SECONDS);
	}

	/**
	 * Lets the event loop of a connection stand still.
	 */
	private void stall(Connection connection) throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		connection.channel().eventLoop().execute(() -> {
			thread.complete(Thread.currentThread());
			await(this.end);
		});
		this.impact.lasts(thread.get(30, TimeUnit.SECONDS), TimeUnit.SECONDS.toNanos(1), null);
	}

	private void awaitNoConnection(HttpServer server) throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		this.client.get()
			.uri(uri(server))
			.response()
			.subscribe((answer) -> failure.completeExceptionally(new AssertionError("answered")), failure::complete);
		assertThat(failure.get(30, TimeUnit.SECONDS).getClass().getSimpleName())
			.isEqualTo("PoolAcquireTimeoutException");
	}

	private static String uri(HttpServer server) {
		return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
	}

	private HttpServer server() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", (exchange) -> await(this.end));
		server.start();
		this.servers.add(server);
		return server;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
