package io.github.loopguard.allowance;

import java.util.List;

import io.github.loopguard.allowance.AllowList.Library;

/**
 * Allowances for methods of Netty 4.2 that Netty's own integration lacks or lists by a
 * former name.
 */
final class NettyAllowances {

	private static final Library BUFFER = AllowList.library("netty-buffer");

	private static final Library TRANSPORT = AllowList.library("netty-transport");

	private static final Library EPOLL = AllowList.library("netty-transport-classes-epoll");

	private static final Library KQUEUE = AllowList.library("netty-transport-classes-kqueue");

	private static final Library IO_URING = AllowList.library("netty-transport-classes-io_uring");

	private static final Library COMPRESSION = AllowList.library("netty-codec-compression");

	private NettyAllowances() {
	}

	static List<Allowance> list() {
		String allocator = "io.netty.buffer.AdaptivePoolingAllocator$";
		String lock = "A StampedLock of the default allocator, contended only for moments";
		String selector = "Waits for a second so that a broken selector does not spin; the loop cannot continue anyway";
		String moved = "Netty's own entry names the class of 4.1";
		return List.of(
				BUFFER.safe("netty-allocator-expand", allocator + "MagazineGroup#tryExpandMagazines", lock,
						"seen under load on Spring Boot 4.1.0; armeria#6344"),
				BUFFER.safe("netty-allocator-free-magazine", allocator + "Magazine#free", lock),
				BUFFER.safe("netty-allocator-free-group", allocator + "MagazineGroup#free", lock),
				TRANSPORT.tolerated("netty-nio-exception", "io.netty.channel.nio.NioIoHandler#handleLoopException",
						selector, moved),
				EPOLL.tolerated("netty-epoll-exception", "io.netty.channel.epoll.EpollIoHandler#handleLoopException",
						selector, moved),
				KQUEUE.tolerated("netty-kqueue-exception",
						"io.netty.channel.kqueue.KQueueIoHandler#handleLoopException", selector, moved),
				IO_URING.tolerated("netty-io-uring-exception",
						"io.netty.channel.uring.IoUringIoHandler#handleLoopException", selector),
				IO_URING.safe("netty-io-uring-close", "io.netty.channel.uring.IoUringIoHandler#closeWakeupGate",
						"Spins for moments while the loop shuts down"),
				TRANSPORT.tolerated("netty-manual-loop-shutdown", "io.netty.channel.ManualIoEventLoop#confirmShutdown",
						"Waits for tasks while the loop shuts down"),
				TRANSPORT.tolerated("netty-pool-close", "io.netty.channel.pool.SimpleChannelPool#close",
						"Waits for channels to close while the pool shuts down", "aws-sdk, ratpack"),
				AllowList.library("netty-common")
					.once("netty-net-util", "io.netty.util.NetUtil#<clinit>",
							"Reads the backlog limit and the network interfaces when the class is first used",
							"java-driver, jhipster"),
				TRANSPORT.once("netty-channel-id", "io.netty.channel.DefaultChannelId#<clinit>",
						"Asks the network interfaces for a hardware address when the class is first used"),
				COMPRESSION.once("netty-brotli", "io.netty.handler.codec.compression.Brotli#<clinit>",
						"Loads the native library when the class is first used", "armeria"),
				COMPRESSION.once("netty-zstd", "io.netty.handler.codec.compression.Zstd#<clinit>",
						"Unpacks and loads the native library when the class is first used",
						"seen on Spring Boot 4.1.0 with zstd-jni, which Kafka's client brings"));
	}

}
