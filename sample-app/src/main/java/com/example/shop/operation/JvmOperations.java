package com.example.shop.operation;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.spi.FileSystemProvider;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.ServiceLoader;

import org.h2.Driver;
import org.springframework.web.bind.annotation.PostMapping;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.operation.LaneClasses;
import io.github.loopguard.bridge.operation.LaneProcesses;

/**
 * Asks the JVM for what it gets on demand: classes, resources, processes, entropy.
 */
@Area(name = "JVM")
class JvmOperations {

	/** Asks for no byte: a button must not hold a loop until somebody types one. */
	private static final byte[] NOTHING = {};

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final BlockingBridge bridge;

	private final LaneProcesses laneProcesses;

	private final LaneClasses laneClasses;

	JvmOperations(BlockingBridge bridge) {
		this.bridge = bridge;
		this.laneProcesses = LaneProcesses.in(bridge);
		this.laneClasses = LaneClasses.in(bridge);
	}

	@PostMapping("/class-for-name/blocking")
	@Blocks(api = "Class.forName(name, true, plugins)", rule = "class-loading")
	String classForName() throws Exception {
		try (URLClassLoader plugins = plugins()) {
			return Class.forName("org.h2.tools.Csv", true, plugins).getSimpleName();
		}
	}

	@PostMapping("/class-for-name/fixed")
	Mono<String> classForNameFixed() {
		return Mono.usingWhen(this.bridge.call(JvmOperations::plugins),
				(plugins) -> this.laneClasses.load("org.h2.tools.Csv", plugins).map(Class::getSimpleName),
				(plugins) -> this.bridge.run(plugins::close));
	}

	@PostMapping("/resource/blocking")
	@Blocks(api = "Class.getResourceAsStream(name)", rule = "resource-loading")
	String resource() throws IOException {
		try (InputStream in = getClass().getResourceAsStream("/files/articles.csv")) {
			return in.readAllBytes().length + " bytes";
		}
	}

	@PostMapping("/resource/fixed")
	Mono<String> resourceFixed() {
		return this.bridge.call(() -> {
			try (InputStream in = getClass().getResourceAsStream("/files/articles.csv")) {
				return in.readAllBytes().length + " bytes";
			}
		});
	}

	@PostMapping("/service-loader/blocking")
	@Blocks(api = "ServiceLoader.load(type)", rule = "class-loading")
	String serviceLoader() {
		return ServiceLoader.load(FileSystemProvider.class).stream().count() + " providers";
	}

	@PostMapping("/service-loader/fixed")
	Mono<String> serviceLoaderFixed() {
		return this.laneClasses.services(FileSystemProvider.class, getClass().getClassLoader())
			.map((services) -> services.size() + " providers");
	}

	@PostMapping("/native-library/blocking")
	@Blocks(api = "System.loadLibrary(name)", rule = "native-library")
	String nativeLibrary() {
		try {
			System.loadLibrary("shopaccelerator");
			return "accelerated";
		}
		catch (UnsatisfiedLinkError ex) {
			return "no accelerator here";
		}
	}

	@PostMapping("/native-library/fixed")
	Mono<String> nativeLibraryFixed() {
		return this.bridge.call(() -> {
			try {
				System.loadLibrary("shopaccelerator");
				return "accelerated";
			}
			catch (UnsatisfiedLinkError ex) {
				return "no accelerator here";
			}
		});
	}

	@PostMapping("/process-start/blocking")
	@Blocks(api = "ProcessBuilder.start()", rule = "process")
	String processStart() throws IOException {
		return "process " + new ProcessBuilder("hostname").start().pid();
	}

	@PostMapping("/process-start/fixed")
	Mono<String> processStartFixed() {
		return this.bridge.call(() -> "process " + new ProcessBuilder("hostname").start().pid());
	}

	@PostMapping("/process-wait/blocking")
	@Blocks(api = "Process.waitFor()", rule = "process")
	String processWait() throws IOException, InterruptedException {
		Process process = new ProcessBuilder("hostname").start();
		return "exit " + process.waitFor();
	}

	@PostMapping("/process-wait/fixed")
	Mono<String> processWaitFixed() {
		return this.laneProcesses.run("hostname").thenReturn("exit 0");
	}

	@PostMapping("/console/blocking")
	@Blocks(api = "console.read(bytes)", rule = "console-read")
	String console() throws IOException {
		InputStream console = new FileInputStream(FileDescriptor.in);
		return "read " + console.read(NOTHING) + " bytes";
	}

	@PostMapping("/console/fixed")
	Mono<String> consoleFixed() {
		InputStream console = new FileInputStream(FileDescriptor.in);
		return this.bridge.call(() -> "read " + console.read(NOTHING) + " bytes");
	}

	@PostMapping("/entropy/blocking")
	@Blocks(api = "SecureRandom.getInstanceStrong()", rule = "entropy")
	String entropy() throws GeneralSecurityException {
		byte[] token = new byte[8];
		SecureRandom.getInstanceStrong().nextBytes(token);
		return HexFormat.of().formatHex(token);
	}

	@PostMapping("/entropy/fixed")
	Mono<String> entropyFixed() {
		return this.bridge.call(() -> {
			byte[] token = new byte[8];
			SecureRandom.getInstanceStrong().nextBytes(token);
			return HexFormat.of().formatHex(token);
		});
	}

	@PostMapping("/gc/blocking")
	@Blocks(api = "System.gc()", rule = "explicit-gc")
	String gc() {
		System.gc();
		return "collected";
	}

	@PostMapping("/gc/fixed")
	Mono<String> gcFixed() {
		// Remove the call: the collector knows best when to run.
		return Mono.just("nothing to do");
	}

	@PostMapping("/thread-dump/blocking")
	@Blocks(api = "ThreadMXBean.dumpAllThreads(monitors, locks)", rule = "jvm-dump")
	String threadDump() {
		return this.threads.dumpAllThreads(true, true).length + " threads";
	}

	@PostMapping("/thread-dump/fixed")
	Mono<String> threadDumpFixed() {
		return this.bridge.call(() -> this.threads.dumpAllThreads(true, true).length + " threads");
	}

	/**
	 * A class is loaded once; with a loader of its own, every press of the button loads
	 * it.
	 */
	private static URLClassLoader plugins() {
		URL jar = Driver.class.getProtectionDomain().getCodeSource().getLocation();
		return new URLClassLoader(new URL[] { jar }, ClassLoader.getPlatformClassLoader());
	}

}
