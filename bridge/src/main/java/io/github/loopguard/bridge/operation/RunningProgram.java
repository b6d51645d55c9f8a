package io.github.loopguard.bridge.operation;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * A program that starts once and whose output is read.
 */
final class RunningProgram implements AutoCloseable {

	private final ProcessBuilder builder;

	private volatile @Nullable Process process;

	private @Nullable BufferedReader output;

	private @Nullable String line;

	private volatile boolean killed;

	RunningProgram(ProcessBuilder builder) {
		this.builder = builder;
	}

	RunningProgram start() throws IOException {
		Process started = this.builder.redirectErrorStream(true).start();
		this.process = started;
		if (this.killed) {
			kill(started);
		}
		started.getOutputStream().close();
		this.output = started.inputReader();
		return this;
	}

	/**
	 * Reads the next line of the output.
	 * @return whether there is one
	 */
	boolean advance() throws IOException, InterruptedException {
		this.line = Objects.requireNonNull(this.output).readLine();
		if (this.line == null) {
			int exitCode = Objects.requireNonNull(this.process).waitFor();
			if (exitCode != 0 && !this.killed) {
				throw new ProcessFailedException(this.builder.command(), exitCode);
			}
		}
		return this.line != null;
	}

	@Nullable String line() {
		return this.line;
	}

	/**
	 * Ends the program soon, or as soon as it has started; from any thread, because what
	 * it has started is looked up on another one. Its output then ends.
	 */
	void kill() {
		this.killed = true;
		Process running = this.process;
		if (running != null && running.isAlive()) {
			Schedulers.boundedElastic().schedule(() -> kill(running));
		}
	}

	/**
	 * Ends a program and what it has started, which would otherwise keep its output open.
	 */
	private static void kill(Process process) {
		List<ProcessHandle> descendants = process.descendants().toList();
		process.destroyForcibly();
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

	@Override
	public void close() throws IOException {
		this.killed = true;
		Process running = this.process;
		if (running != null) {
			kill(running);
		}
		if (this.output != null) {
			this.output.close();
		}
	}

}
