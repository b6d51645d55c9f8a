package com.example.conformance;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.security.SecureRandom;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.springframework.stereotype.Component;

/**
 * Starts processes, loads libraries, reads the console and draws random numbers.
 */
@Component
class JvmOperations implements Operations {

	private final SecureRandom random = new SecureRandom();

	ProcessBuilder builder() {
		return new ProcessBuilder("true");
	}

	Process process() throws IOException {
		return new ProcessBuilder("true").start();
	}

	@Blocks(rule = "process", api = "java.lang.ProcessBuilder.start", given = "builder")
	void processBuilderStart(ProcessBuilder builder) throws IOException {
		builder.start();
	}

	@Blocks(rule = "process", api = "java.lang.Runtime.exec")
	void runtimeExec() throws IOException {
		Runtime.getRuntime().exec(new String[] { "true" });
	}

	@Blocks(rule = "process", api = "java.lang.Process.waitFor", given = "process")
	void processWaitFor(Process process) throws InterruptedException {
		process.waitFor();
	}

	/**
	 * Reads nothing, because the build tool talks to the test through the real console.
	 */
	@Blocks(rule = "console-read", api = "java.io.FileInputStream.read")
	void consoleRead() throws IOException {
		new FileInputStream(FileDescriptor.in).read(new byte[0]);
	}

	@Blocks(rule = "entropy", api = "java.security.SecureRandom.getInstanceStrong")
	void getInstanceStrong() throws Exception {
		SecureRandom.getInstanceStrong();
	}

	@Blocks(rule = "entropy", api = "java.security.SecureRandom.generateSeed")
	void generateSeed() {
		this.random.generateSeed(8);
	}

	@Blocks(rule = "explicit-gc", api = "java.lang.System.gc")
	void systemGc() {
		System.gc();
	}

	@Blocks(rule = "native-library", api = "java.lang.System.load")
	void systemLoad() {
		System.load(Path.of(System.getProperty("java.home"), "lib", "libprefs.so").toString());
	}

	@Blocks(rule = "native-library", api = "java.lang.System.loadLibrary", throwing = UnsatisfiedLinkError.class)
	void systemLoadLibrary() {
		System.loadLibrary("conformance");
	}

	@Blocks(rule = "process", api = "java.lang.ProcessHandle.info")
	void processInfo() {
		ProcessHandle.current().info();
	}

	@Blocks(rule = "process", api = "java.lang.ProcessHandle.allProcesses")
	void allProcesses() {
		ProcessHandle.allProcesses();
	}

	@Blocks(rule = "process", api = "java.lang.ProcessHandle.parent")
	void processParent() {
		ProcessHandle.current().parent();
	}

	@Blocks(rule = "explicit-gc", api = "java.lang.Runtime.gc")
	void runtimeGc() {
		Runtime.getRuntime().gc();
	}

	@Blocks(rule = "explicit-gc", api = "java.lang.management.MemoryMXBean.gc", given = "memory")
	void memoryGc(MemoryMXBean memory) {
		memory.gc();
	}

	MemoryMXBean memory() {
		return ManagementFactory.getMemoryMXBean();
	}

	ThreadMXBean threads() {
		return ManagementFactory.getThreadMXBean();
	}

	HotSpotDiagnosticMXBean diagnostics() {
		return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
	}

	@Blocks(rule = "jvm-dump", api = "java.lang.management.ThreadMXBean.dumpAllThreads", given = "threads")
	void dumpAllThreads(ThreadMXBean threads) {
		threads.dumpAllThreads(false, false);
	}

	@Blocks(rule = "jvm-dump", api = "java.lang.management.ThreadMXBean.getThreadInfo", given = "threads")
	void getThreadInfo(ThreadMXBean threads) {
		threads.getThreadInfo(new long[] { 1 }, true, true);
	}

	@Blocks(rule = "jvm-dump", api = "java.lang.management.ThreadMXBean.findDeadlockedThreads", given = "threads")
	void findDeadlockedThreads(ThreadMXBean threads) {
		threads.findDeadlockedThreads();
	}

	@Blocks(rule = "jvm-dump", api = "java.lang.Thread.getAllStackTraces")
	void getAllStackTraces() {
		Thread.getAllStackTraces();
	}

	/**
	 * Dumps nothing, because the file has to have another name.
	 */
	@Blocks(rule = "jvm-dump", api = "com.sun.management.HotSpotDiagnosticMXBean.dumpHeap", given = "diagnostics",
			throwing = IllegalArgumentException.class)
	void dumpHeap(HotSpotDiagnosticMXBean diagnostics) throws IOException {
		diagnostics.dumpHeap("heap.dump", true);
	}

}
