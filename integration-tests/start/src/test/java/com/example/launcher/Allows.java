package com.example.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Allows a method of a class to which other agents add types of their own.
 */
public class Allows implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside(Task.class.getName(), "run");
	}

	/**
	 * A task, as agents like to follow them.
	 */
	static class Task implements Runnable {

		private final long from;

		private final double share;

		volatile int length;

		Task(long from, double share) {
			this.from = from;
			this.share = share;
		}

		@Override
		public void run() {
			try {
				String release = Files.readString(Path.of(System.getProperty("java.home"), "release"));
				for (long i = this.from; i < release.length() * this.share; i++) {
					this.length++;
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
