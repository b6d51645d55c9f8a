package com.example.shop.operation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.example.shop.ShopFiles;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.bind.annotation.PostMapping;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.operation.LaneFiles;

/**
 * Lists, scans, matches and walks directories.
 */
@Area(name = "Directories")
class DirectoryOperations {

	private final ShopFiles files;

	private final BlockingBridge bridge;

	private final LaneFiles laneFiles;

	DirectoryOperations(ShopFiles files, BlockingBridge bridge) {
		this.files = files;
		this.bridge = bridge;
		this.laneFiles = LaneFiles.in(bridge);
	}

	@PostMapping("/list-files/blocking")
	@Blocks(api = "File.listFiles()", rule = "directory-list")
	String listFiles() {
		return this.files.invoices().toFile().listFiles().length + " files";
	}

	@PostMapping("/list-files/fixed")
	Mono<String> listFilesFixed() {
		return this.laneFiles.list(this.files.invoices()).count().map((files) -> files + " files");
	}

	@PostMapping("/files-list/blocking")
	@Blocks(api = "Files.list(dir)", rule = "directory-list")
	String filesList() throws IOException {
		try (Stream<Path> entries = Files.list(this.files.invoices())) {
			return entries.count() + " entries";
		}
	}

	@PostMapping("/files-list/fixed")
	Mono<String> filesListFixed() {
		return this.laneFiles.list(this.files.invoices()).count().map((entries) -> entries + " entries");
	}

	@PostMapping("/directory-stream/blocking")
	@Blocks(api = "Files.newDirectoryStream(dir)", rule = "directory-scan")
	String directoryStream() throws IOException {
		int count = 0;
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.files.invoices())) {
			for (Path entry : entries) {
				count++;
			}
		}
		return count + " entries";
	}

	@PostMapping("/directory-stream/fixed")
	Mono<String> directoryStreamFixed() {
		return this.laneFiles.scan(this.files.invoices()).count().map((entries) -> entries + " entries");
	}

	@PostMapping("/directory-glob/blocking")
	@Blocks(api = "Files.newDirectoryStream(dir, glob)", rule = "directory-glob")
	String directoryGlob() throws IOException {
		int count = 0;
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.files.invoices(), "*.txt")) {
			for (Path entry : entries) {
				count++;
			}
		}
		return count + " text files";
	}

	@PostMapping("/directory-glob/fixed")
	Mono<String> directoryGlobFixed() {
		return this.laneFiles.glob(this.files.invoices(), "*.txt").count().map((files) -> files + " text files");
	}

	@PostMapping("/resource-pattern/blocking")
	@Blocks(api = "PathMatchingResourcePatternResolver.getResources(pattern)", rule = "directory-glob")
	String resourcePattern() throws IOException {
		String pattern = "file:" + this.files.invoices() + "/**/*.txt";
		return new PathMatchingResourcePatternResolver().getResources(pattern).length + " text files";
	}

	@PostMapping("/resource-pattern/fixed")
	Mono<String> resourcePatternFixed() {
		String pattern = "file:" + this.files.invoices() + "/**/*.txt";
		return this.bridge
			.call(() -> new PathMatchingResourcePatternResolver().getResources(pattern).length + " text files");
	}

	@PostMapping("/walk/blocking")
	@Blocks(api = "Files.walk(dir)", rule = "directory-walk")
	String walk() throws IOException {
		try (Stream<Path> tree = Files.walk(this.files.invoices())) {
			return tree.count() + " files and directories";
		}
	}

	@PostMapping("/walk/fixed")
	Mono<String> walkFixed() {
		return this.laneFiles.walk(this.files.invoices(), Integer.MAX_VALUE)
			.count()
			.map((entries) -> entries + " files and directories");
	}

	@PostMapping("/find/blocking")
	@Blocks(api = "Files.find(dir, depth, matcher)", rule = "directory-walk")
	Mono<String> find() {
		return Mono.fromCallable(() -> {
			try (Stream<Path> found = Files.find(this.files.invoices(), 2,
					(path, attributes) -> attributes.isRegularFile())) {
				return found.count() + " files";
			}
		});
	}

	@PostMapping("/find/fixed")
	Mono<String> findFixed() {
		return this.bridge.call(() -> {
			try (Stream<Path> found = Files.find(this.files.invoices(), 2,
					(path, attributes) -> attributes.isRegularFile())) {
				return found.count() + " files";
			}
		});
	}

	@PostMapping("/walk-file-tree/blocking")
	@Blocks(api = "Files.walkFileTree(dir, visitor)", rule = "directory-walk")
	String walkFileTree() throws IOException {
		AtomicInteger count = new AtomicInteger();
		Files.walkFileTree(this.files.invoices(), new Counter(count));
		return count + " files";
	}

	@PostMapping("/walk-file-tree/fixed")
	Mono<String> walkFileTreeFixed() {
		return this.bridge.call(() -> {
			AtomicInteger count = new AtomicInteger();
			Files.walkFileTree(this.files.invoices(), new Counter(count));
			return count + " files";
		});
	}

	private static final class Counter extends SimpleFileVisitor<Path> {

		private final AtomicInteger count;

		private Counter(AtomicInteger count) {
			this.count = count;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			this.count.incrementAndGet();
			return FileVisitResult.CONTINUE;
		}

	}

}
