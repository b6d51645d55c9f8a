package com.example.lazy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Methods that open something lazy, or use what others have opened.
 */
final class Uses {

	private static final Path DIRECTORY = Path.of("src");

	private Uses() {
	}

	/**
	 * Uses what is given, else lists a directory.
	 */
	static long listingOr(@Nullable Stream<Path> given) throws IOException {
		try (Stream<Path> entries = (given != null) ? given : Files.list(DIRECTORY)) {
			return entries.count();
		}
	}

	/**
	 * Uses what is given, else lists a directory.
	 */
	static long listingOrLoop(@Nullable Flux<?> given) throws IOException {
		long count = 0;
		if (given == null) {
			try (Stream<Path> entries = Files.list(DIRECTORY)) {
				return entries.count();
			}
		}
		for (Object element : given.toIterable()) {
			count += element.hashCode();
		}
		return count;
	}

	/**
	 * Lists a directory, then goes through what a publisher emits.
	 */
	static long listingAndLoop(Flux<?> given) throws IOException {
		long count;
		try (Stream<Path> entries = Files.list(DIRECTORY)) {
			count = entries.count();
		}
		for (Object element : given.toIterable()) {
			count += element.hashCode();
		}
		return count;
	}

	/**
	 * Goes through what a publisher emits once.
	 */
	static long loop(Flux<?> given) {
		long count = 0;
		for (Object element : given.toIterable()) {
			count += element.hashCode();
		}
		return count;
	}

	/**
	 * Goes through what a publisher emits three times.
	 */
	static long threeLoops(Flux<?> given) {
		long count = 0;
		for (int i = 0; i < 3; i++) {
			for (Object element : given.toIterable()) {
				count += element.hashCode();
			}
		}
		return count;
	}

	/**
	 * Counts the elements of a stream of a publisher.
	 */
	static long stream(Flux<?> given) {
		return given.toStream().count();
	}

	/**
	 * Walks a directory.
	 */
	static long walk() throws IOException {
		long[] count = new long[1];
		try (Stream<Path> entries = Files.walk(DIRECTORY)) {
			entries.forEach((entry) -> count[0]++);
		}
		return count[0];
	}

	/**
	 * Opens a walk through a directory.
	 */
	static Stream<Path> openWalk() throws IOException {
		return Files.walk(DIRECTORY);
	}

	/**
	 * Opens a list of a directory.
	 */
	static Stream<Path> openList() throws IOException {
		return Files.list(DIRECTORY);
	}

	/**
	 * Uses what is given.
	 */
	static long use(Stream<Path> entries) {
		long[] count = new long[1];
		entries.forEach((entry) -> count[0]++);
		return count[0];
	}

}
