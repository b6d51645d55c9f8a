package com.example.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * A temporary directory with files to work on.
 */
@Component
class Workspace implements AutoCloseable {

	private final Path root;

	private final Path file;

	private final AtomicInteger serial = new AtomicInteger();

	Workspace() throws IOException {
		this.root = Files.createTempDirectory("conformance");
		this.file = Files.writeString(this.root.resolve("file.txt"), "one\ntwo\nthree\n".repeat(1_000));
	}

	/**
	 * Returns a file to read.
	 */
	Path file() {
		return this.file;
	}

	/**
	 * Returns a path at which nothing is.
	 */
	Path fresh() {
		return this.root.resolve("fresh-" + this.serial.incrementAndGet() + ".txt");
	}

	/**
	 * Returns a file to change, which nobody else uses.
	 */
	Path scratch() throws IOException {
		return Files.writeString(fresh(), "scratch".repeat(100));
	}

	/**
	 * Returns a directory with three files and a directory that nobody else uses.
	 */
	Path directory() throws IOException {
		Path directory = Files.createDirectory(fresh());
		for (int i = 0; i < 3; i++) {
			Files.writeString(directory.resolve("entry-" + i + ".txt"), "entry");
		}
		Files.writeString(Files.createDirectory(directory.resolve("below")).resolve("entry-3.txt"), "entry");
		return directory;
	}

	/**
	 * Returns a jar that nobody has open.
	 */
	Path jar() throws IOException {
		Path jar = fresh();
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new ZipEntry("entry.txt"));
			out.write(new byte[64]);
		}
		return jar;
	}

	@Override
	public void close() {
		FileSystemUtils.deleteRecursively(this.root.toFile());
	}

}
