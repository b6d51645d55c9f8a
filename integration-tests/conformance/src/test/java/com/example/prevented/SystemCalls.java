package com.example.prevented;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.example.prevented.ThrowSafeCalls.Call;
import com.sun.management.HotSpotDiagnosticMXBean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls of names, processes, key stores, native libraries, the console and publishers
 * that are prevented when their rule fails.
 */
final class SystemCalls {

	private SystemCalls() {
	}

	/**
	 * Returns the calls.
	 * @param stored a key store whose password is "secret"
	 * @param process a process that goes on
	 */
	static Map<String, Call> with(Path stored, Process process) throws Exception {
		Map<String, Call> calls = new LinkedHashMap<>();
		HttpClient client = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:1/")).build();
		calls.put("getByName", () -> InetAddress.getByName("loopguard.invalid"));
		calls.put("getAllByName", () -> InetAddress.getAllByName("loopguard2.invalid"));
		calls.put("isReachable", () -> InetAddress.getLoopbackAddress().isReachable(100));
		calls.put("send", () -> client.send(request, BodyHandlers.ofString()));
		calls.put("KeyStore file", () -> KeyStore.getInstance(stored.toFile(), "secret".toCharArray()));
		InputStream console = new FileInputStream(FileDescriptor.in);
		calls.put("console read", console::read);
		calls.put("console readAllBytes", console::readAllBytes);
		calls.put("console readNBytes", () -> console.readNBytes(1));
		calls.put("console skip", () -> console.skip(1));
		calls.put("getByAddress", () -> InetAddress.getByAddress(new byte[] { 127, 0, 0, 9 }).getHostName());
		calls.put("getCanonicalHostName",
				() -> InetAddress.getByAddress(new byte[] { 127, 0, 0, 8 }).getCanonicalHostName());
		calls.put("getLocalHost", InetAddress::getLocalHost);
		calls.put("KeyStore parameter", () -> KeyStore.getInstance(stored.toFile(), new KeyStore.LoadStoreParameter() {
			@Override
			public KeyStore.ProtectionParameter getProtectionParameter() {
				return new KeyStore.PasswordProtection("secret".toCharArray());
			}
		}));
		calls.put("load", () -> {
			Runtime.getRuntime().load(stored.toAbsolutePath().toString());
			return null;
		});
		calls.put("loadLibrary", () -> {
			Runtime.getRuntime().loadLibrary("net");
			return null;
		});
		calls.put("start", () -> new ProcessBuilder("true").start());
		calls.put("exec", () -> Runtime.getRuntime().exec(new String[] { "true" }));
		calls.put("waitFor", process::waitFor);
		calls.put("sleep", () -> {
			Thread.sleep(5);
			return null;
		});
		calls.put("TimeUnit", () -> {
			TimeUnit.MILLISECONDS.sleep(5);
			return null;
		});
		calls.put("gc", () -> {
			System.gc();
			return null;
		});
		calls.put("Runtime.gc", () -> {
			Runtime.getRuntime().gc();
			return null;
		});
		MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
		calls.put("MemoryMXBean.gc", () -> {
			memory.gc();
			return null;
		});
		dumps(calls);
		processes(calls, process.toHandle());
		interfaces(calls, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
		calls.put("block", () -> Mono.never().block());
		calls.put("blockOptional", () -> Mono.never().blockOptional());
		calls.put("blockFirst", () -> Flux.never().blockFirst());
		calls.put("blockLast", () -> Flux.never().blockLast());
		return calls;
	}

	private static void dumps(Map<String, Call> calls) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		calls.put("dumpAllThreads", () -> threads.dumpAllThreads(false, false));
		calls.put("dumpAllThreads deep", () -> threads.dumpAllThreads(false, false, 1));
		calls.put("getThreadInfo deep", () -> threads.getThreadInfo(new long[] { 1 }, true, true, 1));
		calls.put("getThreadInfo", () -> threads.getThreadInfo(new long[] { 1 }, true, true));
		calls.put("findDeadlockedThreads", threads::findDeadlockedThreads);
		calls.put("findMonitorDeadlockedThreads", threads::findMonitorDeadlockedThreads);
		calls.put("getAllStackTraces", Thread::getAllStackTraces);
		calls.put("dumpHeap", () -> {
			diagnostics.dumpHeap("heap.hprof", true);
			return null;
		});
	}

	private static void processes(Map<String, Call> calls, ProcessHandle handle) {
		calls.put("ProcessHandle.info", handle::info);
		calls.put("ProcessHandle.descendants", handle::descendants);
		calls.put("ProcessHandle.parent", handle::parent);
		calls.put("ProcessHandle.isAlive", handle::isAlive);
	}

	private static void interfaces(Map<String, Call> calls, NetworkInterface loopback) {
		calls.put("getNetworkInterfaces", NetworkInterface::getNetworkInterfaces);
		calls.put("networkInterfaces", NetworkInterface::networkInterfaces);
		calls.put("NetworkInterface.getByName", () -> NetworkInterface.getByName("lo"));
		calls.put("getByIndex", () -> NetworkInterface.getByIndex(1));
		calls.put("getByInetAddress", () -> NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
		calls.put("isUp", loopback::isUp);
		calls.put("isLoopback", loopback::isLoopback);
		calls.put("isPointToPoint", loopback::isPointToPoint);
		calls.put("supportsMulticast", loopback::supportsMulticast);
		calls.put("getHardwareAddress", loopback::getHardwareAddress);
		calls.put("getMTU", loopback::getMTU);
	}

}
