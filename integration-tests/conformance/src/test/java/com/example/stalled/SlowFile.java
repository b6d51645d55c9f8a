package com.example.stalled;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that gives its content some time after it was opened.
 */
final class SlowFile {

	private final Path fifo;

	SlowFile() {
		try {
			this.fifo = Files.createTempDirectory("slow").resolve("invoices.csv");
			new ProcessBuilder("mkfifo", this.fifo.toString()).start().waitFor();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the file to be read once.
	 */
	Path get(long millis) {
		Thread writer = new Thread(() -> {
			try (OutputStream out = Files.newOutputStream(this.fifo)) {
				Thread.sleep(millis);
				out.write("content".getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}, "writer");
		writer.setDaemon(true);
		writer.start();
		return this.fifo;
	}

}
