package com.acme.shop;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;

import com.example.fuzz.Blocks;
import com.example.fuzz.Call;
import com.example.fuzz.Code;
import com.example.fuzz.Frames;
import com.example.fuzz.Numbered;
import com.example.fuzz.Probe;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Uses files, directories, names, sockets and publishers.
 */
final class Resources {

	private Resources() {
	}

	@Blocks("file-read java.nio.file.Files.readString")
	static Call readString(Probe probe) {
		return () -> Files.readString(probe.file());
	}

	@Blocks("file-read java.nio.file.Files.readAllBytes")
	static Call readMissing(Probe probe) {
		return () -> Files.readAllBytes(probe.missing());
	}

	@Blocks("file-read java.nio.file.Files.readAllLines")
	static Call readAllLines(Probe probe) {
		return () -> Files.readAllLines(probe.file());
	}

	@Blocks("file-stat java.nio.file.Files.exists")
	static Call exists(Probe probe) {
		return () -> Files.exists(probe.file());
	}

	@Blocks("file-stat java.nio.file.Files.size")
	static Call size(Probe probe) {
		return () -> Files.size(probe.file());
	}

	@Blocks("file-write java.nio.file.Files.writeString")
	static Call writeString(Probe probe) {
		return () -> Files.writeString(probe.directory().resolve("written"), "some text");
	}

	@Blocks("file-change java.nio.file.Files.deleteIfExists")
	static Call delete(Probe probe) {
		return () -> Files.deleteIfExists(probe.missing());
	}

	@Blocks("file-stat java.io.File.length")
	static Call fileLength(Probe probe) {
		return () -> probe.file().toFile().length();
	}

	@Blocks("file-stat java.io.File.exists")
	static Call fileExists(Probe probe) {
		return () -> probe.missing().toFile().exists();
	}

	@Blocks("directory-list java.io.File.list")
	static Call fileList(Probe probe) {
		return () -> probe.directory().toFile().list();
	}

	@Blocks("file-stat java.io.File.getCanonicalPath")
	static Call canonicalPath(Probe probe) {
		return () -> new File(probe.file().toString()).getCanonicalPath();
	}

	@Blocks({ "file-open java.io.FileInputStream.<init>", "file-read java.io.FileInputStream.read" })
	static Call stream(Probe probe) {
		return () -> {
			try (FileInputStream in = new FileInputStream(probe.file().toFile())) {
				in.read();
			}
		};
	}

	@Blocks({ "file-open java.nio.file.Files.newInputStream", "file-read java.io.InputStream.readAllBytes" })
	static Call channelStream(Probe probe) {
		return () -> {
			try (InputStream in = Files.newInputStream(probe.file())) {
				in.readAllBytes();
			}
		};
	}

	@Blocks({ "file-open java.io.RandomAccessFile.<init>", "file-stat java.io.RandomAccessFile.seek",
			"file-read java.io.RandomAccessFile.readLine" })
	static Call randomAccess(Probe probe) {
		return () -> {
			try (RandomAccessFile file = new RandomAccessFile(probe.file().toFile(), "r")) {
				file.seek(4);
				file.readLine();
			}
		};
	}

	@Blocks("directory-list java.nio.file.Files.list")
	static Call list(Probe probe) {
		return () -> {
			try (Stream<Path> paths = Files.list(probe.directory())) {
				paths.toList();
			}
		};
	}

	@Blocks("directory-walk java.nio.file.Files.walk")
	static Call walk(Probe probe) {
		return () -> {
			try (Stream<Path> paths = Files.walk(probe.directory())) {
				paths.count();
			}
		};
	}

	@Blocks("directory-scan java.nio.file.Files.newDirectoryStream")
	static Call scan(Probe probe) {
		return () -> {
			try (DirectoryStream<Path> paths = Files.newDirectoryStream(probe.directory())) {
				for (Path path : paths) {
					path.getFileName();
				}
			}
		};
	}

	@Blocks("file-read java.nio.file.Files.lines")
	static Call lines(Probe probe) {
		return () -> {
			try (Stream<String> lines = Files.lines(probe.file())) {
				lines.forEach(String::strip);
			}
		};
	}

	@Blocks("directory-list java.nio.file.Files.list")
	static Call notConsumed(Probe probe) {
		return () -> Files.list(probe.directory()).close();
	}

	@Blocks({ "directory-list java.nio.file.Files.list", "file-stat java.nio.file.Files.size",
			"file-read java.nio.file.Files.readString" })
	static Call besideList(Probe probe) {
		return () -> {
			try (Stream<Path> paths = Files.list(probe.directory())) {
				Iterator<Path> iterator = paths.iterator();
				Files.size(iterator.next());
				iterator.next();
			}
			Files.readString(probe.file());
		};
	}

	@Frames("#overflowing")
	@Blocks(value = "file-stat java.io.File.length", uncertain = true)
	static Call overflow(Probe probe) {
		return () -> overflowing(probe.file().toFile());
	}

	private static long overflowing(File file) {
		try {
			return overflowing(file);
		}
		catch (StackOverflowError ex) {
			return file.length();
		}
	}

	/** What is called while a call lasts is part of it. */
	@Blocks("directory-walk java.nio.file.Files.walkFileTree")
	static Code visit(Code code, Probe probe) {
		return () -> {
			try {
				Files.walkFileTree(probe.file(), new SimpleFileVisitor<>() {
					@Override
					public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
						code.go();
						return FileVisitResult.CONTINUE;
					}
				});
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	@Blocks("dns-lookup java.net.InetAddress.getByName")
	static Call resolve(Probe probe) {
		return () -> InetAddress.getByName("localhost");
	}

	@Numbered(to = 5)
	@Blocks("socket-read java.io.InputStream.read")
	static Call read(Probe probe) {
		return () -> {
			Socket socket = probe.fixture().take();
			try {
				socket.setSoTimeout(probe.millis());
				socket.getInputStream().read();
			}
			finally {
				probe.fixture().giveBack(socket);
			}
		};
	}

	@Blocks("reactive-block reactor.core.publisher.Mono.block")
	static Call mono(Probe probe) {
		return () -> Mono.delay(Duration.ofMillis(1)).block();
	}

	@Blocks("reactive-block java.util.Iterator.hasNext")
	static Call toIterable(Probe probe) {
		return () -> {
			for (Long ignored : Flux.interval(Duration.ofMillis(1)).take(2).toIterable()) {
				Thread.onSpinWait();
			}
		};
	}

}
