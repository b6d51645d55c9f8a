package com.example.conformance;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.springframework.stereotype.Component;

/**
 * Reads files, most of which were opened elsewhere.
 */
@Component
class FileReadingOperations implements Operations {

	private final Workspace workspace;

	private final Path file;

	private final Path shortFile;

	FileReadingOperations(Workspace workspace) throws IOException {
		this.workspace = workspace;
		this.file = workspace.file();
		this.shortFile = Files.writeString(workspace.fresh(), "one\ntwo\n");
	}

	FileInputStream stream() throws IOException {
		return new FileInputStream(this.file.toFile());
	}

	InputStream channelStream() throws IOException {
		return Files.newInputStream(this.file);
	}

	FileReader reader() throws IOException {
		return new FileReader(this.file.toFile());
	}

	BufferedReader bufferedReader() throws IOException {
		return Files.newBufferedReader(this.shortFile);
	}

	RandomAccessFile randomAccess() throws IOException {
		return new RandomAccessFile(this.file.toFile(), "r");
	}

	FileChannel channel() throws IOException {
		return FileChannel.open(this.file);
	}

	@Blocks(rule = "file-read", api = "java.io.FileInputStream.read", given = "stream")
	void streamReadByte(FileInputStream stream) throws IOException {
		stream.read();
	}

	@Blocks(rule = "file-read", api = "java.io.FileInputStream.read", given = "stream")
	void streamReadArray(FileInputStream stream) throws IOException {
		stream.read(new byte[64]);
	}

	@Blocks(rule = "file-read", api = "java.io.FileInputStream.read", given = "stream")
	void streamReadPart(FileInputStream stream) throws IOException {
		stream.read(new byte[64], 8, 8);
	}

	@Blocks(rule = "file-read", api = "java.io.FileInputStream.readAllBytes", given = "stream")
	void streamReadAllBytes(FileInputStream stream) throws IOException {
		stream.readAllBytes();
	}

	@Blocks(rule = "file-read", api = "java.io.FileInputStream.readNBytes", given = "stream")
	void streamReadNBytes(FileInputStream stream) throws IOException {
		stream.readNBytes(64);
	}

	@Blocks(rule = "file-read", api = { "java.io.InputStream.transferTo", "java.io.FileInputStream.transferTo" },
			given = "stream")
	void streamTransferTo(InputStream stream) throws IOException {
		stream.transferTo(OutputStream.nullOutputStream());
	}

	@Blocks(rule = "file-read", api = "java.io.InputStream.read", given = "channelStream")
	void channelStreamRead(InputStream stream) throws IOException {
		stream.read(new byte[64]);
	}

	@Blocks(rule = "file-read", api = "java.io.InputStream.readAllBytes", given = "channelStream")
	void channelStreamReadAllBytes(InputStream stream) throws IOException {
		stream.readAllBytes();
	}

	@Blocks(rule = "file-read", api = "java.io.InputStreamReader.read", given = "reader")
	void readerRead(FileReader reader) throws IOException {
		reader.read();
	}

	@Blocks(rule = "file-read", api = "java.io.BufferedReader.readLine", given = "bufferedReader")
	void bufferedReaderReadLine(BufferedReader reader) throws IOException {
		reader.readLine();
	}

	@Blocks(rule = "file-read", api = "java.util.Properties.load", given = "stream")
	void propertiesLoad(FileInputStream stream) throws IOException {
		new Properties().load(stream);
	}

	@Blocks(rule = "file-read", api = "java.io.RandomAccessFile.read", given = "randomAccess")
	void randomAccessRead(RandomAccessFile randomAccess) throws IOException {
		randomAccess.read(new byte[64]);
	}

	@Blocks(rule = "file-read", api = "java.io.RandomAccessFile.readFully", given = "randomAccess")
	void randomAccessReadFully(RandomAccessFile randomAccess) throws IOException {
		randomAccess.readFully(new byte[64]);
	}

	@Blocks(rule = "file-read", api = "java.io.RandomAccessFile.readLine", given = "randomAccess")
	void randomAccessReadLine(RandomAccessFile randomAccess) throws IOException {
		randomAccess.readLine();
	}

	@Blocks(rule = "file-read", api = "java.nio.channels.FileChannel.read", given = "channel")
	void channelRead(FileChannel channel) throws IOException {
		channel.read(ByteBuffer.allocate(64));
	}

	@Blocks(rule = "file-read", api = "java.nio.channels.FileChannel.read", given = "channel")
	void channelReadAt(FileChannel channel) throws IOException {
		channel.read(ByteBuffer.allocate(64), 8);
	}

	@Blocks(rule = "file-read", api = "java.nio.channels.FileChannel.map", given = "channel")
	void channelMap(FileChannel channel) throws IOException {
		channel.map(MapMode.READ_ONLY, 0, 64);
	}

	@Blocks(rule = "file-read", api = "java.nio.channels.FileChannel.transferTo", given = "channel")
	void channelTransferTo(FileChannel channel) throws IOException {
		channel.transferTo(0, 64, Channels.newChannel(OutputStream.nullOutputStream()));
	}

	@Blocks(rule = "file-read", api = "java.nio.file.Files.readAllBytes")
	byte[] readAllBytes() throws IOException {
		return Files.readAllBytes(this.file);
	}

	@Blocks(rule = "file-read", api = "java.nio.file.Files.readString")
	String readString() throws IOException {
		return Files.readString(this.file);
	}

	@Blocks(rule = "file-read", api = "java.nio.file.Files.readAllLines")
	List<String> readAllLines() throws IOException {
		return Files.readAllLines(this.file);
	}

	@Blocks(rule = "file-read", api = "java.nio.file.Files.lines")
	void linesToTheEnd() throws IOException {
		try (Stream<String> lines = Files.lines(this.file)) {
			lines.forEach(String::length);
		}
	}

	@Blocks(rule = "file-read", api = "java.nio.file.Files.lines")
	void linesCounted() throws IOException {
		try (Stream<String> lines = Files.lines(this.file)) {
			lines.filter(String::isEmpty).count();
		}
	}

	MappedByteBuffer mapped() throws IOException {
		try (FileChannel channel = channel()) {
			return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
		}
	}

	InputStream bufferedStream() throws IOException {
		return new BufferedInputStream(stream(), 64);
	}

	@Blocks(rule = "file-read", api = "java.nio.MappedByteBuffer.load", given = "mapped")
	void mappedLoad(MappedByteBuffer mapped) {
		mapped.load();
	}

	@Blocks(rule = "file-read", api = "java.io.FilterInputStream.read", given = "bufferedStream")
	void bufferedStreamRead(InputStream stream) throws IOException {
		stream.read(new byte[100]);
	}

	/**
	 * Returns a stream that has something in its buffer, and asks whether there is more.
	 */
	BufferedInputStream partlyReadStream() throws IOException {
		BufferedInputStream stream = new BufferedInputStream(stream(), 4);
		stream.read();
		return stream;
	}

	@Blocks(rule = "file-read", api = "java.io.BufferedInputStream.read", given = "partlyReadStream")
	void partlyReadStreamRead(BufferedInputStream stream) throws IOException {
		stream.read(new byte[100], 0, 100);
	}

	BufferedReader partlyReadReader() throws IOException {
		BufferedReader reader = new BufferedReader(new FileReader(this.shortFile.toFile()), 4);
		reader.read();
		return reader;
	}

	@Blocks(rule = "file-read", api = "java.io.BufferedReader.read", given = "partlyReadReader")
	void partlyReadReaderRead(BufferedReader reader) throws IOException {
		reader.read(new char[100], 0, 100);
	}

	GZIPInputStream zippedStream() throws IOException {
		Path zipped = this.workspace.fresh();
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
			out.write(1);
		}
		GZIPInputStream stream = new GZIPInputStream(new FileInputStream(zipped.toFile()));
		stream.read();
		return stream;
	}

	@Blocks(rule = "file-read", api = "java.util.zip.GZIPInputStream.read", given = "zippedStream")
	void zippedStreamRead(GZIPInputStream stream) throws IOException {
		stream.read(new byte[10], 0, 10);
	}

}
