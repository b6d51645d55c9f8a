package com.example.shop.operation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import com.example.shop.ShopFiles;
import org.springframework.web.bind.annotation.PostMapping;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.operation.LaneFiles;

/**
 * Asks for the state of files and changes it.
 */
@Area(name = "Files")
class FileStateOperations {

	private final ShopFiles files;

	private final BlockingBridge bridge;

	private final LaneFiles laneFiles;

	FileStateOperations(ShopFiles files, BlockingBridge bridge) {
		this.files = files;
		this.bridge = bridge;
		this.laneFiles = LaneFiles.in(bridge);
	}

	@PostMapping("/exists/blocking")
	@Blocks(api = "Files.exists(path)", rule = "file-stat")
	String exists() {
		return Files.exists(this.files.path("order.txt")) ? "ordered" : "not ordered";
	}

	@PostMapping("/exists/fixed")
	Mono<String> existsFixed() {
		return this.laneFiles.exists(this.files.path("order.txt")).map((exists) -> exists ? "ordered" : "not ordered");
	}

	@PostMapping("/file-length/blocking")
	@Blocks(api = "File.length()", rule = "file-stat")
	String fileLength() {
		File file = this.files.path("articles.csv").toFile();
		return file.length() + " bytes";
	}

	@PostMapping("/file-length/fixed")
	Mono<String> fileLengthFixed() {
		return this.laneFiles.stat(this.files.path("articles.csv")).map((file) -> file.size() + " bytes");
	}

	@PostMapping("/last-modified-time/blocking")
	@Blocks(api = "Files.getLastModifiedTime(path)", rule = "file-stat")
	String lastModifiedTime() throws IOException {
		return Files.getLastModifiedTime(this.files.path("articles.csv")).toString();
	}

	@PostMapping("/last-modified-time/fixed")
	Mono<String> lastModifiedTimeFixed() {
		return this.laneFiles.stat(this.files.path("articles.csv")).map((file) -> file.lastModifiedTime().toString());
	}

	@PostMapping("/real-path/blocking")
	@Blocks(api = "Path.toRealPath()", rule = "file-stat")
	String realPath() throws IOException {
		return this.files.path("articles.csv").toRealPath().getFileName().toString();
	}

	@PostMapping("/real-path/fixed")
	Mono<String> realPathFixed() {
		return this.bridge.call(() -> this.files.path("articles.csv").toRealPath().getFileName().toString());
	}

	@PostMapping("/usable-space/blocking")
	@Blocks(api = "File.getUsableSpace()", rule = "file-stat")
	String usableSpace() {
		return (this.files.invoices().toFile().getUsableSpace() >> 20) + " MB free";
	}

	@PostMapping("/usable-space/fixed")
	Mono<String> usableSpaceFixed() {
		return this.bridge.call(() -> (this.files.invoices().toFile().getUsableSpace() >> 20) + " MB free");
	}

	@PostMapping("/create-and-delete/blocking")
	@Blocks(api = "Files.createTempFile(dir, prefix, suffix)", rule = "file-change")
	String createAndDelete() throws IOException {
		Path upload = Files.createTempFile(this.files.path(""), "upload", ".tmp");
		Files.delete(upload);
		return "created and deleted";
	}

	@PostMapping("/create-and-delete/fixed")
	Mono<String> createAndDeleteFixed() {
		return this.laneFiles.withTempFile((upload) -> Mono.just("created and deleted")).next();
	}

	@PostMapping("/move/blocking")
	@Blocks(api = "Files.move(from, to)", rule = "file-change")
	String move() throws IOException {
		Path summary = this.files.invoices().resolve("summary.txt");
		Files.move(summary, summary, StandardCopyOption.REPLACE_EXISTING);
		return "moved";
	}

	@PostMapping("/move/fixed")
	Mono<String> moveFixed() {
		Path summary = this.files.invoices().resolve("summary.txt");
		return this.laneFiles.move(summary, summary, StandardCopyOption.REPLACE_EXISTING).thenReturn("moved");
	}

	@PostMapping("/mkdir/blocking")
	@Blocks(api = "File.mkdir()", rule = "file-change")
	String mkdir() {
		return this.files.path("returns").toFile().mkdir() ? "created" : "already there";
	}

	@PostMapping("/mkdir/fixed")
	Mono<String> mkdirFixed() {
		return this.laneFiles.createDirectories(this.files.path("returns")).thenReturn("created or already there");
	}

}
