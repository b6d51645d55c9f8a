package com.example.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Programs that once failed, as small as they could be made.
 */
final class Programs {

	private Programs() {
	}

	static Stream<String> kept() {
		try (InputStream in = Objects.requireNonNull(Programs.class.getResourceAsStream("programs.txt"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
