package com.example.stall;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Waited;
import io.github.loopguard.detect.RequestSource.Request;
import io.github.loopguard.detect.loop.LoopState;
import io.github.loopguard.detect.waiting.StallImpact.ClientTimeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits while an event loop stands still is counted: tasks in its queue, requests on
 * its connections, and calls that time out.
 */
class WaitingTests {

	private static final int CONNECTIONS = 20;

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("awaited", true), NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	private final List<Socket> sockets = new ArrayList<>();

	private final AtomicInteger served = new AtomicInteger();

	private final Monitored monitored = new Monitored();

	private String thread;

	private Thread loopThread;

	@BeforeEach
	void watch() throws Exception {
		this.loopThread = this.loop.submit(Thread::currentThread).get();
		this.thread = this.loopThread.getName();
		this.monitored.awaitWatched(this.thread);
	}

	@AfterEach
	void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.monitored.close();
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void tasksInTheQueueAreCounted() {
		CountDownLatch end = stall();
		for (int i = 0; i < 20; i++) {
			this.loop.execute(this.served::incrementAndGet);
		}
		Awaitility.await()
			.pollDelay(Duration.ofMillis(200))
			.until(() -> Integer.valueOf(20).equals(this.monitored.loop(this.thread).pending()));
		end.countDown();
		awaitWaited((waited) -> {
			assertThat(waited.tasks()).isEqualTo(20);
			assertThat(waited.requests()).isZero();
			assertThat(waited.total()).isGreaterThanOrEqualTo(Duration.ofMillis(20 * 100));
		});
		assertThat(this.served).hasValue(20);
		assertThat(this.monitored.loop(this.thread).pending()).isZero();
	}

	@Test
	void tasksOfAWorkerOfReactorAreCountedThatAreDue() {
		Scheduler scheduler = Schedulers.newParallel("counted", 1, true);
		try {
			CountDownLatch end = new CountDownLatch(1);
			CountDownLatch begun = new CountDownLatch(1);
			scheduler.schedule(() -> {
				begun.countDown();
				Work.await(end);
			});
			await(begun);
			for (int i = 0; i < 7; i++) {
				scheduler.schedule(this.served::incrementAndGet);
				scheduler.schedule(this.served::incrementAndGet, 1, TimeUnit.HOURS);
			}
			awaitStalled("counted-");
			Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
			end.countDown();
			awaitWaited((waited) -> {
				assertThat(waited.tasks()).isEqualTo(7);
				assertThat(waited.requests()).isNull();
			});
		}
		finally {
			scheduler.dispose();
		}
	}

	@Test
	void tasksOfTheElasticSchedulerAreCountedThatAreDue() {
		Scheduler scheduler = Schedulers.newBoundedElastic(1, 100, "boundedElastic");
		CountDownLatch end = new CountDownLatch(1);
		try {
			scheduler.schedule(() -> Work.await(end));
			for (int i = 0; i < 4; i++) {
				scheduler.schedule(this.served::incrementAndGet);
				scheduler.schedule(this.served::incrementAndGet, 1, TimeUnit.HOURS);
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.monitored.monitor.impact().elasticWait())
					.isGreaterThan(TimeUnit.MILLISECONDS.toNanos(50)));
			assertThat(this.monitored.monitor.impact().elasticPending()).isEqualTo(4);
			end.countDown();
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.monitored.monitor.impact().elasticPending()).isZero());
			assertThat(this.monitored.monitor.impact().elasticWait()).isZero();
		}
		finally {
			end.countDown();
			scheduler.dispose();
		}
	}

	@Test
	void requestsThatCameDuringATaskAreCounted() throws Exception {
		listen("GET /fine", () -> {
		});
		CountDownLatch end = stall();
		send(CONNECTIONS);
		end.countDown();
		checkRequests(CONNECTIONS);
	}

	@Test
	void requestsThatCameWhileAnotherWasHandledAreCounted() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		listen("GET /fine", () -> Work.await(end));
		send(1);
		awaitStalled(this.thread);
		for (Socket socket : this.sockets.subList(1, CONNECTIONS)) {
			socket.getOutputStream().write('r');
		}
		end.countDown();
		checkRequests(CONNECTIONS - 1);
	}

	@Test
	void requestsThatBlockOneAfterTheOtherAreCountedOnce() throws Exception {
		listen("GET /slow", () -> Work.park(150));
		CountDownLatch end = new CountDownLatch(1);
		this.loop.execute(() -> Work.await(end));
		awaitStalled(this.thread);
		send(5);
		end.countDown();
		Awaitility.await().until(() -> this.served.get() == 5);
		Awaitility.await().untilAsserted(() -> assertThat(waited("park").requests()).isEqualTo(4));
		assertThat(waited("await").requests()).isEqualTo(5);
		assertThat(waited("park").total()).isGreaterThan(Duration.ofMillis((4 + 3 + 2 + 1) * 120));
	}

	@Test
	void requestsAreNotCountedWhereNoLoopStandsStill() throws Exception {
		listen("GET /fine", () -> {
		});
		send(CONNECTIONS);
		Awaitility.await().until(() -> this.served.get() == CONNECTIONS);
		assertThat(this.monitored.monitor.impact().isCounting()).isFalse();
		assertThat(this.monitored.ledger.violations()).isEmpty();
	}

	@Test
	void callsThatTimeOutMeanwhileAreTheLoopsOwnDoing() {
		assertThat(timeOut(this.loopThread)).isFalse();
		CountDownLatch end = stall();
		assertThat(timeOut(this.loopThread)).isTrue();
		assertThat(timeOut(this.loopThread)).isTrue();
		assertThat(timeOut(Thread.currentThread())).isFalse();
		end.countDown();
		awaitWaited((waited) -> assertThat(waited.timeouts()).containsExactly(Map.entry("read", 2L)));
		Awaitility.await().until(() -> !this.monitored.monitor.impact().isCounting());
		assertThat(timeOut(this.loopThread)).isFalse();
		assertThat(this.monitored.monitor.impact().timeouts(ClientTimeout.READ)).isEqualTo(2);
		assertThat(this.monitored.monitor.impact().timeouts(ClientTimeout.POOL)).isZero();
	}

	@Test
	void timerThatWasDueRunsBeforeTheStandstillIsOver() {
		AtomicInteger own = new AtomicInteger();
		CountDownLatch end = new CountDownLatch(1);
		this.loop.execute(() -> {
			this.loop.schedule(() -> {
				if (timeOut(this.loopThread)) {
					own.incrementAndGet();
				}
			}, 50, TimeUnit.MILLISECONDS);
			Work.await(end);
		});
		awaitStalled(this.thread);
		end.countDown();
		Awaitility.await().until(() -> own.get() == 1);
	}

	@Test
	void loopThatEndsWhileItStandsStillIsForgotten() {
		CountDownLatch end = stall();
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		end.countDown();
		Awaitility.await().until(() -> !this.monitored.monitor.impact().isCounting());
		Awaitility.await().until(() -> !this.loopThread.isAlive());
	}

	private boolean timeOut(Thread loop) {
		return this.monitored.monitor.impact().timedOut(loop, ClientTimeout.READ);
	}

	private CountDownLatch stall() {
		CountDownLatch end = new CountDownLatch(1);
		this.loop.execute(() -> Work.await(end));
		awaitStalled(this.thread);
		return end;
	}

	/**
	 * Waits until a loop has stood still for longer than it may, so that it does not
	 * depend on a moment whether that is a violation.
	 */
	private void awaitStalled(String threads) {
		Awaitility.await().until(() -> isStalled(threads));
		Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> isStalled(threads));
	}

	private boolean isStalled(String threads) {
		return this.monitored.monitor.impact().isCounting() && this.monitored.monitor.loops()
			.stream()
			.anyMatch((it) -> it.name().startsWith(threads) && it.state() == LoopState.State.STALLED);
	}

	private void listen(String route, Runnable work) throws Exception {
		Channel server = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new Requests(route, work));
				}
			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sync()
			.channel();
		int port = ((InetSocketAddress) server.localAddress()).getPort();
		for (int i = 0; i < CONNECTIONS; i++) {
			Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.sockets.add(socket);
			assertThat(socket.getInputStream().read()).isEqualTo('h');
		}
	}

	private void send(int requests) throws IOException {
		for (Socket socket : this.sockets.subList(0, requests)) {
			socket.getOutputStream().write('r');
		}
	}

	private void checkRequests(int expected) throws IOException {
		awaitWaited((waited) -> {
			assertThat(waited.requests()).isEqualTo(expected);
			assertThat(waited.estimated()).isTrue();
			assertThat(waited.routes()).containsExactly(new Waited.Route("GET /fine", "trace"));
			assertThat(waited.traceId()).isEqualTo("trace");
			assertThat(waited.total()).isGreaterThanOrEqualTo(Duration.ofMillis(expected * 100L));
		});
		int before = this.served.get();
		this.sockets.get(0).getOutputStream().write('r');
		Awaitility.await().until(() -> this.served.get() == before + 1);
		assertThat(waited("await").requests()).isEqualTo(expected);
	}

	private void awaitWaited(Consumer<Waited> check) {
		Awaitility.await().untilAsserted(() -> check.accept(waited("await")));
	}

	private Waited waited(String method) {
		assertThat(this.monitored.violations(method)).hasSize(1);
		return this.monitored.violations(method).get(0).waited();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Each byte is a request.
	 */
	private final class Requests extends SimpleChannelInboundHandler<ByteBuf> {

		private final String route;

		private final Runnable work;

		Requests(String route, Runnable work) {
			this.route = route;
			this.work = work;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			context.writeAndFlush(context.alloc().buffer().writeByte('h'));
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
			for (int i = 0; i < message.readableBytes(); i++) {
				WaitingTests.this.monitored.monitor.impact().requestBegun(() -> new Request(this.route, "trace"));
				this.work.run();
				WaitingTests.this.served.incrementAndGet();
			}
		}

	}

}
