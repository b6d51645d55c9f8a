package com.example.lazy;

import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * An event loop whose turns are tasks or events.
 */
enum Loop {

	NETTY_TASKS {

		@Override
		Turns open() {
			DefaultEventLoop loop = new DefaultEventLoop();
			return new Turns() {

				@Override
				public void run(Runnable turn) {
					loop.execute(turn);
				}

				@Override
				public void close() {
					loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
				}

			};
		}

	},

	NETTY_EVENTS {

		@Override
		Turns open() throws Exception {
			EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
			EventTurns turns = new EventTurns();
			Channel channel = new Bootstrap().group(group)
				.channel(NioDatagramChannel.class)
				.handler(turns)
				.bind("localhost", 0)
				.sync()
				.channel();
			turns.channel = channel;
			return turns;
		}

	},

	REACTOR {

		@Override
		Turns open() {
			Scheduler scheduler = Schedulers.newSingle("lazy");
			return new Turns() {

				@Override
				public void run(Runnable turn) {
					scheduler.schedule(turn);
				}

				@Override
				public void close() {
					scheduler.dispose();
				}

			};
		}

	},

	REACTOR_WORKER {

		@Override
		Turns open() {
			Scheduler scheduler = Schedulers.newParallel("lazy", 1);
			Scheduler.Worker worker = scheduler.createWorker();
			return new Turns() {

				@Override
				public void run(Runnable turn) {
					worker.schedule(turn);
				}

				@Override
				public void close() {
					worker.dispose();
					scheduler.dispose();
				}

			};
		}

	};

	abstract Turns open() throws Exception;

	/**
	 * Runs each task in a turn of its own, all on one event loop.
	 */
	interface Turns extends AutoCloseable {

		void run(Runnable turn);

		@Override
		void close();

		/**
		 * Returns what a task returns.
		 */
		default <T> T call(Callable<T> task) throws Exception {
			CompletableFuture<T> result = new CompletableFuture<>();
			run(() -> {
				try {
					result.complete(task.call());
				}
				catch (Throwable ex) {
					result.completeExceptionally(ex);
				}
			});
			return result.get(60, TimeUnit.SECONDS);
		}

	}

	/**
	 * Runs tasks as events of a channel: one for each datagram.
	 */
	private static final class EventTurns extends SimpleChannelInboundHandler<DatagramPacket> implements Turns {

		private @Nullable Channel channel;

		private volatile @Nullable Runnable turn;

		@Override
		protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
			Runnable turn = this.turn;
			if (turn != null) {
				turn.run();
			}
		}

		@Override
		public void run(Runnable turn) {
			this.turn = turn;
			java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[1], 1,
					(InetSocketAddress) this.channel.localAddress());
			try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
				socket.send(packet);
			}
			catch (java.io.IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		}

		@Override
		public void close() {
			this.channel.eventLoop().parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}

	}

}
