package io.github.loopguard.report.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

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
	 * @throws IOException if the file cannot be written; it is left as it was, and
	 * nothing else is left beside it
	 */
	public static void write(Path file, String content) throws IOException {
		write(file, (out) -> out.write(content.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Writes a file, whether or not it exists. File systems without atomic moves may
	 * still show a reader an incomplete file.
	 * @param file the file
	 * @param content writes its new content
	 * @throws IOException if the file cannot be written; it is left as it was, and
	 * nothing else is left beside it
	 */
	public static void write(Path file, Content content) throws IOException {
		// Nobody can know the name and put a link in its place.
		Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
		try {
			try (OutputStream out = new BufferedOutputStream(
					Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
				content.writeTo(out);
			}
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

	/**
	 * Content of a file, written piece by piece.
	 */
	@FunctionalInterface
	public interface Content {

		/**
		 * Writes the content.
		 * @param out where to write it
		 * @throws IOException if it cannot be written
		 */
		void writeTo(OutputStream out) throws IOException;

	}

}
