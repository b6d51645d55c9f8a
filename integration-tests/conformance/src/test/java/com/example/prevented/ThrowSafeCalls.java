package com.example.prevented;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls of files and directories that are prevented when their rule fails.
 */
final class ThrowSafeCalls {

	private static final FileVisitor<Path> VISITOR = new SimpleFileVisitor<>() {
	};

	private final Map<String, Call> calls = new LinkedHashMap<>();

	private final Path directory;

	private final Path file;

	private final UserPrincipal owner;

	private ThrowSafeCalls(Path directory, Path file) throws IOException {
		this.directory = directory;
		this.file = file;
		this.owner = Files.getOwner(directory);
	}

	static Map<String, Call> ofFiles(Path directory, Path file) throws IOException {
		ThrowSafeCalls calls = new ThrowSafeCalls(directory, file);
		calls.open();
		calls.readAndWrite();
		calls.state();
		calls.change();
		calls.file();
		calls.directories();
		return calls.calls;
	}

	private void open() {
		Path fresh = this.directory.resolve("fresh");
		add("newInputStream", () -> Files.newInputStream(this.file));
		add("newOutputStream", () -> Files.newOutputStream(fresh));
		add("newBufferedReader", () -> Files.newBufferedReader(this.file));
		add("newBufferedWriter", () -> Files.newBufferedWriter(fresh));
		add("newByteChannel", () -> Files.newByteChannel(this.file));
		add("FileChannel.open", () -> FileChannel.open(this.file));
		add("AsynchronousFileChannel.open", () -> AsynchronousFileChannel.open(this.file));
		add("new FileInputStream", () -> new FileInputStream(this.file.toFile()));
		add("new FileOutputStream", () -> new FileOutputStream(fresh.toFile()));
		add("new RandomAccessFile", () -> new RandomAccessFile(this.file.toFile(), "rw"));
		add("new FileReader", () -> new java.io.FileReader(this.file.toFile()));
		add("new PrintWriter", () -> new java.io.PrintWriter(fresh.toFile()));
	}

	private void readAndWrite() {
		Path fresh = this.directory.resolve("fresh");
		byte[] bytes = { 1 };
		add("readString", () -> Files.readString(this.file));
		add("readAllBytes", () -> Files.readAllBytes(this.file));
		add("readAllLines", () -> Files.readAllLines(this.file));
		add("mismatch", () -> Files.mismatch(this.file, this.directory));
		add("lines", () -> Files.lines(this.file));
		add("write", () -> Files.write(fresh, bytes));
		add("writeString", () -> Files.writeString(fresh, "x"));
		add("copy", () -> Files.copy(this.file, fresh));
		add("copy from", () -> Files.copy(new ByteArrayInputStream(bytes), fresh));
		add("copy to", () -> Files.copy(this.file, new ByteArrayOutputStream()));
	}

	private void state() {
		add("exists", () -> Files.exists(this.file));
		add("notExists", () -> Files.notExists(this.file));
		add("isRegularFile", () -> Files.isRegularFile(this.file));
		add("isDirectory", () -> Files.isDirectory(this.file));
		add("isSymbolicLink", () -> Files.isSymbolicLink(this.file));
		add("isReadable", () -> Files.isReadable(this.file));
		add("isWritable", () -> Files.isWritable(this.file));
		add("isExecutable", () -> Files.isExecutable(this.file));
		add("isSameFile", () -> Files.isSameFile(this.file, this.directory));
		add("size", () -> Files.size(this.file));
		add("readAttributes", () -> Files.readAttributes(this.file, BasicFileAttributes.class));
		add("getAttribute", () -> Files.getAttribute(this.file, "size"));
		add("getLastModifiedTime", () -> Files.getLastModifiedTime(this.file, LinkOption.NOFOLLOW_LINKS));
		add("getOwner", () -> Files.getOwner(this.file));
		add("getPosixFilePermissions", () -> Files.getPosixFilePermissions(this.file));
		add("getFileStore", () -> Files.getFileStore(this.file));
		add("readSymbolicLink", () -> Files.readSymbolicLink(this.file));
	}

	private void change() {
		Path fresh = this.directory.resolve("fresh");
		add("delete", () -> {
			Files.delete(this.file);
			return null;
		});
		add("deleteIfExists", () -> Files.deleteIfExists(this.file));
		add("move", () -> Files.move(this.file, fresh));
		add("createFile", () -> Files.createFile(fresh));
		add("createDirectory", () -> Files.createDirectory(fresh));
		add("createDirectories", () -> Files.createDirectories(fresh.resolve("deeper")));
		add("createTempFile", () -> Files.createTempFile(this.directory, "a", "b"));
		add("createTempDirectory", () -> Files.createTempDirectory(this.directory, "a"));
		add("createLink", () -> Files.createLink(fresh, this.file));
		add("createSymbolicLink", () -> Files.createSymbolicLink(fresh, this.file));
		add("setAttribute", () -> Files.setAttribute(this.file, "lastModifiedTime", FileTime.fromMillis(1)));
		add("setLastModifiedTime", () -> Files.setLastModifiedTime(this.file, FileTime.fromMillis(1)));
		add("setOwner", () -> Files.setOwner(this.file, this.owner));
		add("setPosixFilePermissions", () -> Files.setPosixFilePermissions(this.file, java.util.Set.of()));
	}

	private void file() {
		File asFile = this.file.toFile();
		File fresh = this.directory.resolve("fresh").toFile();
		add("File.exists", asFile::exists);
		add("File.length", asFile::length);
		add("File.isFile", asFile::isFile);
		add("File.lastModified", asFile::lastModified);
		add("File.canRead", asFile::canRead);
		add("File.isDirectory", asFile::isDirectory);
		add("File.isHidden", asFile::isHidden);
		add("File.canWrite", asFile::canWrite);
		add("File.canExecute", asFile::canExecute);
		add("File.getCanonicalPath", asFile::getCanonicalPath);
		add("File.getCanonicalFile", asFile::getCanonicalFile);
		add("File.getFreeSpace", asFile::getFreeSpace);
		add("File.getTotalSpace", asFile::getTotalSpace);
		add("File.getUsableSpace", asFile::getUsableSpace);
		add("File.delete", asFile::delete);
		add("File.mkdir", fresh::mkdir);
		add("File.mkdirs", fresh::mkdirs);
		add("File.renameTo", () -> asFile.renameTo(fresh));
		add("File.createNewFile", fresh::createNewFile);
		add("File.createTempFile", () -> File.createTempFile("abc", "d", this.directory.toFile()));
		add("File.setLastModified", () -> asFile.setLastModified(1));
		add("File.setReadOnly", asFile::setReadOnly);
		add("File.setWritable", () -> asFile.setWritable(false));
		add("File.setReadable", () -> asFile.setReadable(false));
		add("File.setExecutable", () -> asFile.setExecutable(true));
		add("File.list", this.directory.toFile()::list);
		add("File.listFiles", this.directory.toFile()::listFiles);
	}

	private void directories() {
		add("list", () -> Files.list(this.directory));
		add("newDirectoryStream", () -> Files.newDirectoryStream(this.directory));
		add("newDirectoryStream glob", () -> Files.newDirectoryStream(this.directory, "*.txt"));
		add("newDirectoryStream filter", () -> Files.newDirectoryStream(this.directory, (path) -> true));
		add("walk", () -> Files.walk(this.directory));
		add("find", () -> Files.find(this.directory, 2, (path, attributes) -> true));
		add("walkFileTree", () -> Files.walkFileTree(this.directory, VISITOR));
	}

	/**
	 * Calls of what was opened before, off the loop.
	 */
	static Map<String, Call> ofOpen(FileChannel channel, RandomAccessFile random, InputStream in, OutputStream out) {
		Map<String, Call> calls = new LinkedHashMap<>();
		ByteBuffer buffer = ByteBuffer.allocate(4);
		calls.put("FileChannel.read", () -> channel.read(buffer));
		calls.put("FileChannel.read at", () -> channel.read(buffer, 1));
		calls.put("FileChannel.write", () -> channel.write(buffer));
		calls.put("FileChannel.write at", () -> channel.write(buffer, 1));
		calls.put("FileChannel.size", channel::size);
		calls.put("FileChannel.force", () -> {
			channel.force(true);
			return null;
		});
		calls.put("FileChannel.truncate", () -> channel.truncate(1));
		calls.put("FileChannel.map", () -> channel.map(FileChannel.MapMode.READ_ONLY, 0, 1));
		calls.put("FileChannel.lock", channel::lock);
		calls.put("FileChannel.tryLock", channel::tryLock);
		calls.put("FileChannel.transferTo", () -> channel.transferTo(0, 1, channel));
		calls.put("FileChannel.transferFrom", () -> channel.transferFrom(channel, 0, 1));
		read(calls, random);
		write(calls, random);
		calls.put("InputStream.read", in::read);
		calls.put("InputStream.readAllBytes", in::readAllBytes);
		calls.put("InputStream.readNBytes", () -> in.readNBytes(2));
		calls.put("InputStream.transferTo", () -> in.transferTo(OutputStream.nullOutputStream()));
		calls.put("InputStream.skip", () -> in.skip(1));
		calls.put("InputStream.available", in::available);
		calls.put("OutputStream.write", () -> {
			out.write(1);
			return null;
		});
		return calls;
	}

	static Map<String, Call> ofOpen(AsynchronousFileChannel channel) {
		Map<String, Call> calls = new LinkedHashMap<>();
		calls.put("AsynchronousFileChannel.size", channel::size);
		calls.put("AsynchronousFileChannel.force", returning(() -> channel.force(true)));
		calls.put("AsynchronousFileChannel.truncate", () -> channel.truncate(1));
		calls.put("AsynchronousFileChannel.tryLock", channel::tryLock);
		return calls;
	}

	private static void read(Map<String, Call> calls, RandomAccessFile random) {
		byte[] bytes = new byte[4];
		calls.put("RandomAccessFile.read", random::read);
		calls.put("RandomAccessFile.readLine", random::readLine);
		calls.put("RandomAccessFile.readFully", returning(() -> random.readFully(bytes)));
		calls.put("RandomAccessFile.readInt", random::readInt);
		calls.put("RandomAccessFile.readLong", random::readLong);
		calls.put("RandomAccessFile.readShort", random::readShort);
		calls.put("RandomAccessFile.readChar", random::readChar);
		calls.put("RandomAccessFile.readDouble", random::readDouble);
		calls.put("RandomAccessFile.readFloat", random::readFloat);
		calls.put("RandomAccessFile.readUTF", random::readUTF);
		calls.put("RandomAccessFile.readBoolean", random::readBoolean);
		calls.put("RandomAccessFile.readByte", random::readByte);
		calls.put("RandomAccessFile.readUnsignedByte", random::readUnsignedByte);
		calls.put("RandomAccessFile.readUnsignedShort", random::readUnsignedShort);
		calls.put("RandomAccessFile.length", () -> random.length());
		calls.put("RandomAccessFile.seek", returning(() -> random.seek(3)));
		calls.put("RandomAccessFile.getFilePointer", () -> random.getFilePointer());
	}

	private static void write(Map<String, Call> calls, RandomAccessFile random) {
		calls.put("RandomAccessFile.write", returning(() -> random.write(1)));
		calls.put("RandomAccessFile.writeBytes", returning(() -> random.writeBytes("x")));
		calls.put("RandomAccessFile.writeInt", returning(() -> random.writeInt(1)));
		calls.put("RandomAccessFile.writeLong", returning(() -> random.writeLong(1)));
		calls.put("RandomAccessFile.writeShort", returning(() -> random.writeShort(1)));
		calls.put("RandomAccessFile.writeChar", returning(() -> random.writeChar('x')));
		calls.put("RandomAccessFile.writeChars", returning(() -> random.writeChars("x")));
		calls.put("RandomAccessFile.writeDouble", returning(() -> random.writeDouble(1)));
		calls.put("RandomAccessFile.writeFloat", returning(() -> random.writeFloat(1)));
		calls.put("RandomAccessFile.writeUTF", returning(() -> random.writeUTF("x")));
		calls.put("RandomAccessFile.writeBoolean", returning(() -> random.writeBoolean(true)));
		calls.put("RandomAccessFile.writeByte", returning(() -> random.writeByte(1)));
		calls.put("RandomAccessFile.setLength", returning(() -> random.setLength(1)));
	}

	private static Call returning(Action action) {
		return () -> {
			action.run();
			return "nothing";
		};
	}

	private void add(String name, Call call) {
		this.calls.put(name, call);
	}

	/**
	 * A call that returns nothing.
	 */
	private interface Action {

		void run() throws Exception;

	}

	/**
	 * A call that blocks.
	 */
	interface Call {

		Object run() throws Exception;

	}

}
