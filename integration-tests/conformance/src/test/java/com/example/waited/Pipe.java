package com.example.waited;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A named pipe: whoever reads it waits until it is written.
 */
final class Pipe implements AutoCloseable {

	private final Path path;

	private OutputStream stream;

	Pipe(Path path) throws Exception {
		this.path = path;
		if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
			throw new IOException("no pipe " + path);
		}
	}

	Path path() {
		return this.path;
	}

	/**
	 * Waits until somebody reads.
	 */
	void awaitReader() throws IOException {
		this.stream = Files.newOutputStream(this.path);
	}

	/**
	 * Lets the reader go on.
	 */
	@Override
	public void close() throws IOException {
		if (this.stream != null) {
			this.stream.close();
		}
	}

}
