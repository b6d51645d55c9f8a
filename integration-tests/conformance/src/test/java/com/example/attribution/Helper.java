package com.example.attribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Code of the application that others call, under fused operators and as a bridge method.
 */
class Helper implements Function<Path, String> {

	static String read(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The compiler adds a bridge that takes an object.
	 */
	@Override
	public String apply(Path path) {
		try {
			return String.valueOf(Files.readAllLines(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
