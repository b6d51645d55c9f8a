package com.example.conformance;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.util.stream.Stream;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Lists, scans, matches and walks directories, and consumes what these calls return.
 */
@Component
class DirectoryOperations implements Operations {

	private final Path directory;

	DirectoryOperations(Workspace workspace) throws IOException {
		this.directory = workspace.directory();
	}

	@Blocks(rule = "directory-list", api = "java.io.File.list")
	void fileList() {
		this.directory.toFile().list();
	}

	@Blocks(rule = "directory-list", api = "java.io.File.listFiles")
	void fileListFiles() {
		this.directory.toFile().listFiles();
	}

	@Blocks(rule = "directory-list", api = "java.nio.file.Files.list")
	void list() throws IOException {
		try (Stream<Path> entries = Files.list(this.directory)) {
			entries.forEach(Path::getFileName);
		}
	}

	@Blocks(rule = "directory-scan", api = "java.nio.file.Files.newDirectoryStream")
	void scan() throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.directory)) {
			entries.forEach(Path::getFileName);
		}
	}

	@Blocks(rule = "directory-scan", api = "java.nio.file.Files.newDirectoryStream")
	void scanWithLoop() throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.directory)) {
			for (Path entry : entries) {
				entry.getFileName();
			}
		}
	}

	@Blocks(rule = "directory-scan", api = "java.nio.file.Files.newDirectoryStream")
	void scanWithFilter() throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.directory, Path::isAbsolute)) {
			entries.forEach(Path::getFileName);
		}
	}

	@Blocks(rule = "directory-glob", api = "java.nio.file.Files.newDirectoryStream")
	void glob() throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.directory, "*.txt")) {
			entries.forEach(Path::getFileName);
		}
	}

	@Blocks(rule = "directory-glob",
			api = "org.springframework.core.io.support.PathMatchingResourcePatternResolver.getResources")
	void globOfResources() throws IOException {
		new PathMatchingResourcePatternResolver().getResources("file:" + this.directory + "/**/*.txt");
	}

	@Blocks(rule = "directory-walk", api = "java.nio.file.Files.walk")
	void walk() throws IOException {
		try (Stream<Path> entries = Files.walk(this.directory)) {
			entries.forEach(Path::getFileName);
		}
	}

	@Blocks(rule = "directory-walk", api = "java.nio.file.Files.walk")
	void walkWithMatcher() throws IOException {
		PathMatcher matcher = this.directory.getFileSystem().getPathMatcher("glob:**.txt");
		try (Stream<Path> entries = Files.walk(this.directory)) {
			entries.filter(matcher::matches).count();
		}
	}

	@Blocks(rule = "directory-walk", api = "java.nio.file.Files.find")
	void find() throws IOException {
		try (Stream<Path> entries = Files.find(this.directory, 3, (path, attributes) -> attributes.isRegularFile())) {
			entries.toList();
		}
	}

	@Blocks(rule = "directory-walk", api = "java.nio.file.Files.walkFileTree")
	void walkFileTree() throws IOException {
		Files.walkFileTree(this.directory, new SimpleFileVisitor<>() {
		});
	}

}
