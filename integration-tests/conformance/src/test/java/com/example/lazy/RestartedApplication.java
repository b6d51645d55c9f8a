package com.example.lazy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Blocks in several ways, and needs nothing but the JDK.
 */
public final class RestartedApplication implements Callable<Long> {

	@Override
	public Long call() throws Exception {
		return list() + walk() + lines() + sleep();
	}

	private long list() throws Exception {
		try (Stream<Path> entries = Files.list(Path.of("src"))) {
			return entries.filter((entry) -> !entry.toString().isEmpty()).count();
		}
	}

	private long walk() throws Exception {
		try (Stream<Path> entries = Files.walk(Path.of("src"), 3)) {
			return entries.filter(Files::isDirectory).count();
		}
	}

	private long lines() throws Exception {
		try (Stream<String> lines = Files.lines(Path.of("pom.xml"))) {
			return lines.filter((line) -> line.contains("<")).count();
		}
	}

	private long sleep() throws InterruptedException {
		Thread.sleep(1);
		return 1;
	}

}
