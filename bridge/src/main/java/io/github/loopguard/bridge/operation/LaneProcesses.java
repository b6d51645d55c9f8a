package io.github.loopguard.bridge.operation;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;

/**
 * Runs programs in a lane.
 *
 * @since 0.1
 */
public final class LaneProcesses {

	private static final int MAX_LINES = 10_000;

	private final Lane lane;

	private LaneProcesses(Lane lane) {
		this.lane = lane;
	}

	/**
	 * Returns the process operations of a lane.
	 * @param lane where programs start and their output is read
	 * @return the operations
	 */
	public static LaneProcesses in(Lane lane) {
		return new LaneProcesses(lane);
	}

	/**
	 * Runs a program and emits its output, errors included, line by line as fast as it is
	 * requested. Cancelling ends the program. So does the lane's run timeout, which
	 * limits the time for a line.
	 * @param command the program and its arguments
	 * @return its output; {@link ProcessFailedException} at the end if its exit code is
	 * not zero
	 */
	public Flux<String> lines(String... command) {
		return lines(new ProcessBuilder(command));
	}

	/**
	 * Runs a program as in {@link #lines(String...)}, with its own directory and
	 * environment.
	 * @param program how to start it; its error output is merged into the output
	 * @return its output
	 */
	public Flux<String> lines(ProcessBuilder program) {
		return Flux.defer(() -> {
			RunningProgram running = new RunningProgram(program);
			return this.lane.stream(running::start, RunningProgram::advance, RunningProgram::line)
				.doFinally((signal) -> running.kill());
		});
	}

	/**
	 * Runs a program to its end.
	 * @param command the program and its arguments
	 * @return the first 10,000 lines of its output, errors included; or
	 * {@link ProcessFailedException}
	 */
	public Mono<List<String>> run(String... command) {
		return lines(command).collect(ArrayList::new, (kept, line) -> {
			if (kept.size() < MAX_LINES) {
				kept.add(line);
			}
		});
	}

}
