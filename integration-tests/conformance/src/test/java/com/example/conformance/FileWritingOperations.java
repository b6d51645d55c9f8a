package com.example.conformance;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.springframework.stereotype.Component;

/**
 * Writes files, most of which were opened elsewhere.
 */
@Component
class FileWritingOperations implements Operations {

	private final Workspace workspace;

	private final Path written;

	FileWritingOperations(Workspace workspace) throws IOException {
		this.workspace = workspace;
		this.written = workspace.scratch();
	}

	FileOutputStream stream() throws IOException {
		return new FileOutputStream(this.workspace.scratch().toFile());
	}

	OutputStream channelStream() throws IOException {
		return Files.newOutputStream(this.workspace.scratch());
	}

	FileWriter writer() throws IOException {
		FileWriter writer = new FileWriter(this.workspace.scratch().toFile());
		writer.write("text");
		return writer;
	}

	RandomAccessFile randomAccess() throws IOException {
		return new RandomAccessFile(this.workspace.scratch().toFile(), "rw");
	}

	FileChannel channel() throws IOException {
		return FileChannel.open(this.workspace.scratch(), StandardOpenOption.READ, StandardOpenOption.WRITE);
	}

	@Blocks(rule = "file-write", api = "java.io.FileOutputStream.write", given = "stream")
	void streamWriteByte(FileOutputStream stream) throws IOException {
		stream.write(1);
	}

	@Blocks(rule = "file-write", api = "java.io.FileOutputStream.write", given = "stream")
	void streamWriteArray(FileOutputStream stream) throws IOException {
		stream.write(new byte[64]);
	}

	@Blocks(rule = "file-write", api = "java.io.OutputStream.write", given = "channelStream")
	void channelStreamWrite(OutputStream stream) throws IOException {
		stream.write(new byte[64]);
	}

	@Blocks(rule = "file-write", api = "java.io.OutputStreamWriter.flush", given = "writer")
	void writerFlush(FileWriter writer) throws IOException {
		writer.flush();
	}

	@Blocks(rule = "file-write", api = "java.io.OutputStreamWriter.close", given = "writer")
	void writerClose(FileWriter writer) throws IOException {
		writer.close();
	}

	@Blocks(rule = "file-write", api = "java.io.RandomAccessFile.write", given = "randomAccess")
	void randomAccessWrite(RandomAccessFile randomAccess) throws IOException {
		randomAccess.write(new byte[64]);
	}

	@Blocks(rule = "file-write", api = "java.io.RandomAccessFile.writeLong", given = "randomAccess")
	void randomAccessWriteLong(RandomAccessFile randomAccess) throws IOException {
		randomAccess.writeLong(1);
	}

	@Blocks(rule = "file-write", api = "java.io.RandomAccessFile.setLength", given = "randomAccess")
	void randomAccessSetLength(RandomAccessFile randomAccess) throws IOException {
		randomAccess.setLength(1);
	}

	@Blocks(rule = "file-write", api = "java.io.FileDescriptor.sync", given = "randomAccess")
	void fileDescriptorSync(RandomAccessFile randomAccess) throws IOException {
		randomAccess.getFD().sync();
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.FileChannel.write", given = "channel")
	void channelWrite(FileChannel channel) throws IOException {
		channel.write(ByteBuffer.allocate(64));
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.FileChannel.force", given = "channel")
	void channelForce(FileChannel channel) throws IOException {
		channel.force(true);
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.FileChannel.truncate", given = "channel")
	void channelTruncate(FileChannel channel) throws IOException {
		channel.truncate(1);
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.FileChannel.transferFrom", given = "channel")
	void channelTransferFrom(FileChannel channel) throws IOException {
		channel.transferFrom(Channels.newChannel(new ByteArrayInputStream(new byte[64])), 0, 64);
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.FileChannel.lock", given = "channel")
	void channelLock(FileChannel channel) throws IOException {
		channel.lock();
	}

	@Blocks(rule = "file-write", api = "java.nio.file.Files.write")
	void write() throws IOException {
		Files.write(this.written, new byte[64]);
	}

	@Blocks(rule = "file-write", api = "java.nio.file.Files.writeString")
	void writeString() throws IOException {
		Files.writeString(this.written, "text");
	}

	@Blocks(rule = "file-write", api = "java.nio.file.Files.copy")
	void copyFile() throws IOException {
		Files.copy(this.workspace.file(), this.written, StandardCopyOption.REPLACE_EXISTING);
	}

	@Blocks(rule = "file-write", api = "java.nio.file.Files.copy")
	void copyStream() throws IOException {
		Files.copy(new ByteArrayInputStream(new byte[64]), this.written, StandardCopyOption.REPLACE_EXISTING);
	}

	AsynchronousFileChannel asynchronous() throws IOException {
		return AsynchronousFileChannel.open(this.workspace.scratch(), StandardOpenOption.READ,
				StandardOpenOption.WRITE);
	}

	MappedByteBuffer mapped() throws IOException {
		try (FileChannel channel = channel()) {
			return channel.map(FileChannel.MapMode.READ_WRITE, 0, 64);
		}
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.AsynchronousFileChannel.force", given = "asynchronous")
	void asynchronousForce(AsynchronousFileChannel channel) throws IOException {
		channel.force(true);
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.AsynchronousFileChannel.truncate", given = "asynchronous")
	void asynchronousTruncate(AsynchronousFileChannel channel) throws IOException {
		channel.truncate(1);
	}

	@Blocks(rule = "file-write", api = "java.nio.channels.AsynchronousFileChannel.tryLock", given = "asynchronous")
	void asynchronousTryLock(AsynchronousFileChannel channel) throws IOException {
		channel.tryLock();
	}

	@Blocks(rule = "file-write", api = "java.nio.MappedByteBuffer.force", given = "mapped")
	void mappedForce(MappedByteBuffer mapped) {
		mapped.force();
	}

}
