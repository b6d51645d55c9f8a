package io.github.loopguard.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * The outcome of a command in this JVM.
 *
 * @param code exit code
 * @param out what it printed
 * @param err what it printed about problems
 */
record Run(int code, String out, String err) {

	static Run of(Object... args) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = LoopguardCommand.commandLine(out, err)
			.execute(Stream.of(args).map(Object::toString).toArray(String[]::new));
		return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

}
