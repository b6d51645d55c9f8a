package io.github.loopguard.detect.blockhound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.loopguard.detect.DetectorStatus;

/**
 * The directory in which BlockHound creates a jar while it is installed.
 */
final class TemporaryDirectory {

	private TemporaryDirectory() {
	}

	/**
	 * Checks that a file can be created and deleted in it.
	 * @throws DetectorUnavailableException if that fails
	 */
	static void check() {
		Path directory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
		try {
			Files.delete(Files.createTempFile(directory, "loopguard", ".probe"));
		}
		catch (IOException | SecurityException ex) {
			throw new DetectorUnavailableException(
					"BlockHound has to write a small jar to the temporary directory '" + directory
							+ "', which is not possible; make it writable or choose another one with "
							+ "-Djava.io.tmpdir",
					new DetectorStatus.JvmOption("-Djava.io.tmpdir=/writable/directory"), ex);
		}
	}

}
