package com.example.shop.operation;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import com.example.shop.ShopFiles;
import org.springframework.web.bind.annotation.PostMapping;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.operation.LaneFiles;

/**
 * Opens, reads and writes files.
 */
@Area(name = "Files")
class FileOperations {

	private final ShopFiles files;

	private final BlockingBridge bridge;

	private final LaneFiles laneFiles;

	FileOperations(ShopFiles files, BlockingBridge bridge) {
		this.files = files;
		this.bridge = bridge;
		this.laneFiles = LaneFiles.in(bridge);
	}

	@PostMapping("/file-input-stream/blocking")
	@Blocks(api = "new FileInputStream(file)", rule = "file-open")
	String fileInputStream() throws IOException {
		try (InputStream in = new FileInputStream(this.files.path("articles.csv").toFile())) {
			return "open";
		}
	}

	@PostMapping("/file-input-stream/fixed")
	Mono<String> fileInputStreamFixed() {
		return this.bridge.call(() -> {
			try (InputStream in = new FileInputStream(this.files.path("articles.csv").toFile())) {
				return "open";
			}
		});
	}

	@PostMapping("/buffered-reader/blocking")
	@Blocks(api = "Files.newBufferedReader(path)", rule = "file-open")
	String bufferedReader() throws IOException {
		try (BufferedReader reader = Files.newBufferedReader(this.files.path("articles.csv"))) {
			return reader.readLine();
		}
	}

	@PostMapping("/buffered-reader/fixed")
	Mono<String> bufferedReaderFixed() {
		return this.laneFiles.lines(this.files.path("articles.csv")).next();
	}

	@PostMapping("/zip-file/blocking")
	@Blocks(api = "new ZipFile(file)", rule = "file-open")
	String zipFile() throws IOException {
		try (ZipFile zip = new ZipFile(this.files.path("invoices.zip").toFile())) {
			return zip.size() + " entry";
		}
	}

	@PostMapping("/zip-file/fixed")
	Mono<String> zipFileFixed() {
		return this.bridge.call(() -> {
			try (ZipFile zip = new ZipFile(this.files.path("invoices.zip").toFile())) {
				return zip.size() + " entry";
			}
		});
	}

	@PostMapping("/read-string/blocking")
	@Blocks(api = "Files.readString(path)", rule = "file-read")
	String readString() throws IOException {
		return Files.readString(this.files.path("articles.csv"));
	}

	@PostMapping("/read-string/fixed")
	Mono<String> readStringFixed() {
		return this.laneFiles.readString(this.files.path("articles.csv"));
	}

	@PostMapping("/lines/blocking")
	@Blocks(api = "Files.lines(path)", rule = "file-read")
	Mono<String> lines() {
		return Mono.fromCallable(() -> {
			try (Stream<String> lines = Files.lines(this.files.path("articles.csv"))) {
				return lines.count() + " lines";
			}
		});
	}

	@PostMapping("/lines/fixed")
	Mono<String> linesFixed() {
		return this.laneFiles.lines(this.files.path("articles.csv")).count().map((lines) -> lines + " lines");
	}

	@PostMapping("/random-access-file/blocking")
	@Blocks(api = "RandomAccessFile.readLine()", rule = "file-read")
	String randomAccessFile() throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(this.files.path("articles.csv").toFile(), "r")) {
			file.seek(20);
			return file.readLine();
		}
	}

	@PostMapping("/random-access-file/fixed")
	Mono<String> randomAccessFileFixed() {
		return this.laneFiles
			.withOpen(this.files.path("articles.csv"), (file) -> file.seek(20).then(file.read(64)),
					StandardOpenOption.READ)
			.next()
			.map((bytes) -> StandardCharsets.UTF_8.decode(bytes).toString().lines().findFirst().orElse(""));
	}

	@PostMapping("/properties/blocking")
	@Blocks(api = "Properties.load(stream)", rule = "file-read")
	Mono<String> properties() {
		return Mono.just("shop.properties").map((name) -> {
			try (InputStream in = Files.newInputStream(this.files.path(name))) {
				Properties properties = new Properties();
				properties.load(in);
				return properties.getProperty("currency");
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@PostMapping("/properties/fixed")
	Mono<String> propertiesFixed() {
		return this.laneFiles.readString(this.files.path("shop.properties")).flatMap((text) -> {
			Properties properties = new Properties();
			return Mono.fromCallable(() -> {
				properties.load(new StringReader(text));
				return properties.getProperty("currency");
			});
		});
	}

	@PostMapping("/write-string/blocking")
	@Blocks(api = "Files.writeString(path, text)", rule = "file-write")
	String writeString() throws IOException {
		Files.writeString(this.files.path("order.txt"), "1 Kettle\n");
		return "written";
	}

	@PostMapping("/write-string/fixed")
	Mono<String> writeStringFixed() {
		return this.laneFiles.writeString(this.files.path("order.txt"), "1 Kettle\n").thenReturn("written");
	}

	@PostMapping("/file-writer/blocking")
	@Blocks(api = "FileWriter.write(text)", rule = "file-write")
	String fileWriter() throws IOException {
		try (FileWriter writer = new FileWriter(this.files.path("orders.log").toFile(), StandardCharsets.UTF_8, true)) {
			writer.write("1 Kettle\n");
		}
		return "appended";
	}

	@PostMapping("/file-writer/fixed")
	Mono<String> fileWriterFixed() {
		return LaneFiles.in(this.bridge.ordered("orders.log"))
			.writeString(this.files.path("orders.log"), "1 Kettle\n", StandardOpenOption.CREATE,
					StandardOpenOption.APPEND)
			.thenReturn("appended");
	}

	@PostMapping("/force/blocking")
	@Blocks(api = "FileChannel.force(true)", rule = "file-write")
	String force() throws IOException {
		try (FileChannel channel = FileChannel.open(this.files.path("journal"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[] { 1 }));
			channel.force(true);
		}
		return "on the disk";
	}

	@PostMapping("/force/fixed")
	Mono<String> forceFixed() {
		return this.laneFiles
			.withOpen(this.files.path("journal"),
					(file) -> file.write(ByteBuffer.wrap(new byte[] { 1 })).then(file.force()),
					StandardOpenOption.CREATE, StandardOpenOption.WRITE)
			.then(Mono.just("on the disk"));
	}

}
