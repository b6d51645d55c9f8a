package io.github.loopguard.bridge.operation;

import java.io.BufferedReader;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A program that starts once and whose output is read.
 */
final class RunningProgram implements AutoCloseable {

	private final ProcessBuilder builder;

	private volatile @Nullable Process process;

	private @Nullable BufferedReader output;

	private volatile boolean killed;

	RunningProgram(ProcessBuilder builder) {
		this.builder = builder;
	}

	RunningProgram start() throws IOException {
		Process started = this.builder.redirectErrorStream(true).start();
		this.process = started;
		if (this.killed) {
			started.destroyForcibly();
		}
		started.getOutputStream().close();
		this.output = started.inputReader();
		return this;
	}

	@Nullable String readLine() throws IOException, InterruptedException {
		Process running = this.process;
		BufferedReader reader = this.output;
		if (running == null || reader == null) {
			return null;
		}
		String line = reader.readLine();
		if (line == null) {
			int exitCode = running.waitFor();
			if (exitCode != 0 && !this.killed) {
				throw new ProcessFailedException(this.builder.command(), exitCode);
			}
		}
		return line;
	}

	/**
	 * Ends the program at once, or as soon as it has started; from any thread. Its output
	 * then ends.
	 */
	void kill() {
		this.killed = true;
		Process running = this.process;
		if (running != null) {
			running.destroyForcibly();
		}
	}

	@Override
	public void close() throws IOException {
		kill();
		if (this.output != null) {
			this.output.close();
		}
	}

}
