package io.github.loopguard.bridge.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * An entry of a directory.
 *
 * @param path path of the entry
 * @param attributes its size, times and kind; a link is not followed
 * @since 0.1
 */
public record FileEntry(Path path, BasicFileAttributes attributes) {

	static Stream<FileEntry> of(Path path) {
		try {
			return Stream.of(new FileEntry(path,
					Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
		}
		catch (NoSuchFileException ex) {
			return Stream.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
