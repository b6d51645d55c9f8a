package io.github.loopguard.detect.blockhound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.loopguard.detect.JvmOption;

/**
 * The directory to which BlockHound has to write.
 */
final class TemporaryDirectory {

	private TemporaryDirectory() {
	}

	/**
	 * Checks that it can be written to.
	 * @throws DetectorUnavailableException if it cannot
	 */
	static void check() {
		Path directory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
		try {
			Files.delete(Files.createTempFile(directory, "loopguard", ".probe"));
		}
		catch (IOException | SecurityException ex) {
			throw new DetectorUnavailableException("BlockHound has to write a small jar to the temporary directory '"
					+ directory + "', which is not possible; make it writable or choose another one with "
					+ "-Djava.io.tmpdir", new JvmOption("-Djava.io.tmpdir=/writable/directory"), ex);
		}
	}

}
