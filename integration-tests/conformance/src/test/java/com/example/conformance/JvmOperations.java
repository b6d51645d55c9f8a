package com.example.conformance;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

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

}
