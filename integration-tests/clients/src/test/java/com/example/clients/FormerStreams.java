package com.example.clients;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Methods that open something lazy if they are given nothing, and use what they are
 * given.
 */
final class FormerStreams {

	private static final Path DIRECTORY = Path.of("src");

	private FormerStreams() {
	}

	static Stream<?> list(@Nullable Stream<?> opened) throws IOException {
		if (opened == null) {
			return Files.list(DIRECTORY);
		}
		opened.toList();
		return opened;
	}

	static Stream<?> walk(@Nullable Stream<?> opened) throws IOException {
		if (opened == null) {
			return Files.walk(DIRECTORY);
		}
		opened.toList();
		return opened;
	}

	static Stream<?> lines(@Nullable Stream<?> opened) throws IOException {
		if (opened == null) {
			return Files.lines(Path.of("pom.xml"));
		}
		opened.toList();
		return opened;
	}

	static DirectoryStream<?> directory(@Nullable DirectoryStream<?> opened) throws IOException {
		if (opened == null) {
			return Files.newDirectoryStream(DIRECTORY);
		}
		Iterator<?> entries = opened.iterator();
		while (entries.hasNext()) {
			entries.next();
		}
		return opened;
	}

}
