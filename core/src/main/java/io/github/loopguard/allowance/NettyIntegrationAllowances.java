package io.github.loopguard.allowance;

import java.util.List;

import io.github.loopguard.allowance.AllowList.Library;

/**
 * Allowances that Netty's own integration sets.
 */
final class NettyIntegrationAllowances {

	private static final Library COMMON = AllowList.library("netty-common").of("netty");

	private static final Library BUFFER = AllowList.library("netty-buffer").of("netty");

	private static final Library HANDLER = AllowList.library("netty-handler").of("netty");

	private static final Library DNS = AllowList.library("netty-resolver-dns").of("netty");

	private static final Library JDK = AllowList.library("jdk").of("netty");

	private NettyIntegrationAllowances() {
	}

	static List<Allowance> list() {
		String selector = "Waits for a second so that a broken selector does not spin";
		String arena = "A lock of the allocator, contended only for moments";
		String work = "Waits for work: an idle loop blocks nobody";
		String queue = "A lock-free or briefly locked queue of tasks";
		String timer = "The timer's own thread waits for its next tick";
		String tls = "Verifies certificates and computes keys; takes milliseconds in every handshake";
		String configuration = "Reads the resolver's configuration when the first name is looked up";
		String executor = "io.netty.util.concurrent.SingleThreadEventExecutor#";
		String global = "io.netty.util.concurrent.GlobalEventExecutor#";
		String resolver = "io.netty.resolver.dns.UnixResolverDnsServerAddressStreamProvider#";
		return List.of(
				COMMON.tolerated("netty-nio-loop", "io.netty.channel.nio.NioEventLoop#handleLoopException", selector),
				COMMON.tolerated("netty-epoll-loop", "io.netty.channel.epoll.EpollEventLoop#handleLoopException",
						selector),
				COMMON.tolerated("netty-kqueue-loop", "io.netty.channel.kqueue.KQueueEventLoop#handleLoopException",
						selector),
				COMMON.once("netty-timer-start", "io.netty.util.HashedWheelTimer#start",
						"Waits until the timer's thread has started"),
				COMMON.tolerated("netty-timer-stop", "io.netty.util.HashedWheelTimer#stop",
						"Waits until the timer's thread has ended"),
				COMMON.safe("netty-timer-tick", "io.netty.util.HashedWheelTimer$Worker#waitForNextTick", timer),
				COMMON.tolerated("netty-executor-shutdown", executor + "confirmShutdown",
						"Waits for tasks while the loop shuts down"),
				COMMON.safe("netty-executor-poll", executor + "pollTaskFrom", work),
				COMMON.safe("netty-executor-take", executor + "takeTask", work),
				COMMON.safe("netty-executor-add", executor + "addTask", queue),
				COMMON.safe("netty-global-take", global + "takeTask", work),
				COMMON.safe("netty-global-add", global + "addTask", queue),
				COMMON.once("netty-backlog", "io.netty.util.NetUtil$SoMaxConnAction#run",
						"Reads the limit of the backlog once"),
				COMMON.once("netty-temporary-file", "io.netty.util.internal.PlatformDependent#createTempFile",
						"Creates a file for a native library, and for every large upload"),
				COMMON.safe("netty-reference-count", "io.netty.util.internal.ReferenceCountUpdater#retryRelease0",
						"Yields for moments while another thread releases the same object"),
				BUFFER.safe("netty-arena", "io.netty.buffer.PoolArena#lock", arena),
				BUFFER.safe("netty-subpage", "io.netty.buffer.PoolSubpage#lock", arena),
				BUFFER.safe("netty-chunk-allocate", "io.netty.buffer.PoolChunk#allocateRun", arena),
				BUFFER.safe("netty-chunk-free", "io.netty.buffer.PoolChunk#free", arena),
				BUFFER.safe("netty-adaptive-initial", "io.netty.buffer.AdaptivePoolingAllocator$1#initialValue", arena),
				BUFFER.safe("netty-adaptive-removal", "io.netty.buffer.AdaptivePoolingAllocator$1#onRemoval", arena),
				HANDLER.tolerated("netty-tls-handshake", "io.netty.handler.ssl.SslHandler#handshake", tls),
				HANDLER.tolerated("netty-tls-all-tasks", "io.netty.handler.ssl.SslHandler#runAllDelegatedTasks", tls),
				HANDLER.tolerated("netty-tls-tasks", "io.netty.handler.ssl.SslHandler#runDelegatedTasks", tls),
				HANDLER.tolerated("netty-openssl-verify",
						"io.netty.handler.ssl.ReferenceCountedOpenSslClientContext$ExtendedTrustManagerVerifyCallback"
								+ "#verify",
						tls),
				HANDLER.once("netty-jdk-ssl", "io.netty.handler.ssl.JdkSslContext$Defaults#init",
						"Determines protocols and ciphers when the class is first used"),
				JDK.tolerated("netty-engine-unwrap", "sun.security.ssl.SSLEngineImpl#unwrap",
						"Reads random numbers from the system for TLS 1.3 (JDK-8251304)"),
				JDK.tolerated("netty-engine-wrap", "sun.security.ssl.SSLEngineImpl#wrap",
						"Reads random numbers from the system for TLS 1.3 (JDK-8251304)"),
				DNS.once("netty-dns-parse", resolver + "parse", configuration),
				DNS.once("netty-dns-search", resolver + "parseEtcResolverSearchDomains", configuration),
				DNS.once("netty-dns-options", resolver + "parseEtcResolverOptions", configuration),
				AllowList.library("netty-resolver")
					.of("netty")
					.once("netty-hosts", "io.netty.resolver.HostsFileEntriesProvider$ParserImpl#parse",
							"Reads the hosts file when the first name is looked up"));
	}

}
