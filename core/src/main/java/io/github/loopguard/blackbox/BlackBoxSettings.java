package io.github.loopguard.blackbox;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the black box.
 *
 * @param application name of the application
 * @param recording where and how much is recorded, or {@code null} if nothing is
 * @param port where questions about stalls are answered, or {@code null} if nowhere
 * @since 0.2
 */
public record BlackBoxSettings(String application, @Nullable Recording recording, @Nullable Port port) {

	/**
	 * Nothing is recorded, and nothing is answered.
	 */
	public static final BlackBoxSettings OFF = new BlackBoxSettings("", null, null);

	/**
	 * Returns whether nothing is recorded and nothing is answered.
	 * @return whether it is off
	 */
	public boolean isOff() {
		return this.recording == null && this.port == null;
	}

	/**
	 * Where and how much is recorded.
	 *
	 * @param directory directory of the file
	 * @param named whether somebody has named the directory, rather than that it is the
	 * one for temporary files
	 * @param size size of the file in bytes
	 * @param keep most files of this application that are kept, with the one that is
	 * written
	 */
	public record Recording(Path directory, boolean named, int size, int keep) {

		/**
		 * Smallest size of the file.
		 */
		public static final int SMALLEST = 1 << 20;

	}

	/**
	 * Where questions about stalls are answered.
	 *
	 * @param address address of a network interface of this machine
	 * @param port the port, or 0 for any that is free
	 * @param limit how long an event loop may be stuck until the answer is that the
	 * application does not work
	 */
	public record Port(String address, int port, Duration limit) {
	}

}
