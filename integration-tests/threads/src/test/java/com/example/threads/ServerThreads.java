package com.example.threads;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketConnector;
import io.rsocket.core.RSocketServer;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.DefaultPayload;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import reactor.core.publisher.Mono;

import static com.example.threads.LibraryThread.loop;
import static com.example.threads.LibraryThread.pool;

/**
 * Threads on which servers call an application.
 */
final class ServerThreads {

	private static final MethodDescriptor<byte[], byte[]> METHOD = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
		.setType(MethodType.UNARY)
		.setFullMethodName("Thread/visit")
		.build();

	private ServerThreads() {
	}

	static List<LibraryThread> all() {
		return List.of(loop("Undertow", "XNIO-* I/O-*", "handlers", (task) -> undertow((exchange) -> task.run())),
				pool("Undertow", "XNIO-* task-*", "handlers after `exchange.dispatch`, servlets",
						(task) -> undertow((exchange) -> exchange.dispatch(task))),
				loop("Armeria", "armeria-common-worker-*", "services", ServerThreads::armeria),
				pool("Armeria", "armeria-common-blocking-tasks-*", "`@Blocking` services, `blockingTaskExecutor()`",
						(task) -> CommonPools.blockingTaskExecutor().execute(task)),
				loop("gRPC (its own Netty)", "grpc-default-worker-ELG-*",
						"services of a server with `directExecutor()`",
						(task) -> grpc(
								NettyServerBuilder.forPort(0, InsecureServerCredentials.create()).directExecutor(),
								task)),
				pool("gRPC", "grpc-default-executor-*", "services",
						(task) -> grpc(NettyServerBuilder.forPort(0, InsecureServerCredentials.create()), task)),
				pool("gRPC (its own Netty)", "defaultEventExecutorGroup-*", "`DefaultEventExecutorGroup`",
						(task) -> new io.grpc.netty.shaded.io.netty.util.concurrent.DefaultEventExecutorGroup(1)
							.execute(task)),
				loop("gRPC (its own Netty)", "plain", "a group with a `ThreadFactory` of plain threads",
						(task) -> new io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup(1,
								(java.util.concurrent.ThreadFactory) (work) -> new Thread(work, "plain"))
							.execute(task)),
				loop("RSocket", "reactor-tcp-*", "acceptors and requesters over TCP", ServerThreads::rsocket));
	}

	private static void undertow(HttpHandler handler) {
		Undertow server = Undertow.builder().addHttpListener(0, "localhost", handler).build();
		server.start();
		call(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
	}

	private static void armeria(Runnable task) {
		Server server = Server.builder().http(0).service("/", (context, request) -> {
			task.run();
			return HttpResponse.of("");
		}).build();
		server.start().join();
		call(server.activeLocalPort());
	}

	private static void call(int port) {
		HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build(),
					BodyHandlers.discarding());
	}

	private static void grpc(NettyServerBuilder builder, Runnable task) throws Exception {
		io.grpc.Server server = builder.addService(ServerServiceDefinition.builder("Thread")
			.addMethod(METHOD, ServerCalls.asyncUnaryCall((byte[] request, StreamObserver<byte[]> observer) -> {
				task.run();
				observer.onNext(request);
				observer.onCompleted();
			}))
			.build()).build().start();
		ClientCalls.futureUnaryCall(
				NettyChannelBuilder.forAddress("localhost", server.getPort(), InsecureChannelCredentials.create())
					.build()
					.newCall(METHOD, CallOptions.DEFAULT),
				new byte[1]);
	}

	private static void rsocket(Runnable task) {
		CloseableChannel server = RSocketServer.create(SocketAcceptor.forRequestResponse((payload) -> {
			task.run();
			return Mono.just(payload);
		})).bindNow(TcpServerTransport.create(0));
		RSocketConnector.connectWith(TcpClientTransport.create(server.address()))
			.flatMap((client) -> client.requestResponse(DefaultPayload.create("")))
			.subscribe();
	}

	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			return new byte[1];
		}

	}

}
