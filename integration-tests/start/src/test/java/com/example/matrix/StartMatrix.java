package com.example.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Goes through rows of the matrix and writes down what was seen.
 */
final class StartMatrix {

	private static final Path TABLE = ClassPath.TARGET.resolve("start-matrix.md");

	private StartMatrix() {
	}

	/**
	 * Starts the application and looks at it.
	 * @param name how it is started, for the table
	 * @param launch how it is started
	 * @param expectation what it must show
	 */
	static void row(String name, Launch launch, Expectation expectation) throws Exception {
		long before = System.nanoTime();
		String seen = "**FAILED**";
		try (Started started = launch.start()) {
			try {
				seen = expectation.check(started);
			}
			catch (AssertionError | Exception ex) {
				ex.addSuppressed(new AssertionError("Output of the application:\n" + started.output()));
				throw ex;
			}
		}
		finally {
			write(name, seen, System.nanoTime() - before);
		}
	}

	static synchronized void write(String name, String seen, long nanos) throws IOException {
		String line = String.format(Locale.ROOT, "| %d | %s | %s | %.1f s |%n", Runtime.version().feature(), name, seen,
				nanos / 1e9);
		Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

}
