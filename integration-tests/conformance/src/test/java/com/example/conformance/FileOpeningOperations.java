package com.example.conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

import org.springframework.stereotype.Component;

/**
 * Opens files.
 */
@Component
class FileOpeningOperations implements Operations {

	private final Path file;

	private final Path written;

	private final Path jar;

	FileOpeningOperations(Workspace workspace) throws IOException {
		this.file = workspace.file();
		this.written = workspace.scratch();
		this.jar = workspace.jar();
	}

	@Blocks(rule = "file-open", api = "java.io.FileInputStream.<init>")
	void fileInputStreamByName() throws IOException {
		new FileInputStream(this.file.toString()).close();
	}

	@Blocks(rule = "file-open", api = "java.io.FileInputStream.<init>")
	void fileInputStreamByFile() throws IOException {
		new FileInputStream(this.file.toFile()).close();
	}

	@Blocks(rule = "file-open", api = "java.io.FileOutputStream.<init>")
	void fileOutputStreamByName() throws IOException {
		new FileOutputStream(this.written.toString()).close();
	}

	@Blocks(rule = "file-open", api = "java.io.FileOutputStream.<init>")
	void fileOutputStreamAppending() throws IOException {
		new FileOutputStream(this.written.toFile(), true).close();
	}

	@Blocks(rule = "file-open", api = "java.io.RandomAccessFile.<init>")
	void randomAccessFile() throws IOException {
		new RandomAccessFile(this.written.toFile(), "rw").close();
	}

	@Blocks(rule = "file-open", api = "java.io.FileReader.<init>")
	void fileReader() throws IOException {
		new FileReader(this.file.toFile()).close();
	}

	@Blocks(rule = "file-open", api = "java.io.FileWriter.<init>")
	void fileWriter() throws IOException {
		new FileWriter(this.written.toFile()).close();
	}

	@Blocks(rule = "file-open", api = "java.io.PrintWriter.<init>")
	void printWriter() throws IOException {
		new PrintWriter(this.written.toFile()).close();
	}

	@Blocks(rule = "file-open", api = "java.util.Scanner.<init>")
	void scanner() throws IOException {
		new Scanner(this.file.toFile()).close();
	}

	@Blocks(rule = "file-open", api = "java.nio.file.Files.newInputStream")
	InputStream newInputStream() throws IOException {
		return Files.newInputStream(this.file);
	}

	@Blocks(rule = "file-open", api = "java.nio.file.Files.newOutputStream")
	void newOutputStream() throws IOException {
		try (OutputStream out = Files.newOutputStream(this.written)) {
			out.flush();
		}
	}

	@Blocks(rule = "file-open", api = "java.nio.file.Files.newBufferedReader")
	void newBufferedReader() throws IOException {
		try (BufferedReader reader = Files.newBufferedReader(this.file)) {
			reader.markSupported();
		}
	}

	@Blocks(rule = "file-open", api = "java.nio.file.Files.newBufferedWriter")
	void newBufferedWriter() throws IOException {
		try (BufferedWriter writer = Files.newBufferedWriter(this.written)) {
			writer.flush();
		}
	}

	@Blocks(rule = "file-open", api = "java.nio.file.Files.newByteChannel")
	void newByteChannel() throws IOException {
		try (SeekableByteChannel channel = Files.newByteChannel(this.file)) {
			channel.isOpen();
		}
	}

	@Blocks(rule = "file-open", api = "java.nio.channels.FileChannel.open")
	void fileChannelOpen() throws IOException {
		try (FileChannel channel = FileChannel.open(this.file)) {
			channel.isOpen();
		}
	}

	@Blocks(rule = "file-open", api = "java.util.zip.ZipFile.<init>")
	void zipFile() throws IOException {
		new ZipFile(this.jar.toFile()).close();
	}

	@Blocks(rule = "file-open", api = "java.util.jar.JarFile.<init>")
	void jarFile() throws IOException {
		new JarFile(this.jar.toFile()).close();
	}

}
