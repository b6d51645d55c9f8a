package io.github.loopguard.report.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces a file at once: a reader sees the old content or the new one, never a part.
 *
 * @since 0.1
 */
public final class AtomicFile {

	private AtomicFile() {
	}

	/**
	 * Writes a file, whether or not it exists. File systems without atomic moves may
	 * still show a reader an incomplete file.
	 * @param file the file
	 * @param content its new content
	 * @throws IOException if the file cannot be written; it is left as it was
	 */
	public static void write(Path file, String content) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
		try {
			Files.writeString(temporary, content);
			try {
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			catch (AtomicMoveNotSupportedException ex) {
				Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

}
