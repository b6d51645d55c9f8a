package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for the content and the state of single files.
 */
final class FileRules {

	private static final String FILES = "java.nio.file.Files";

	private static final String FILE = "java.io.File";

	private static final String UNIX_CALLS = "sun.nio.fs.UnixNativeDispatcher";

	private static final String WINDOWS_CALLS = "sun.nio.fs.WindowsNativeDispatcher";

	private static final String FILE_CHANNEL = "sun.nio.ch.FileChannelImpl";

	private static final String RANDOM_ACCESS = "java.io.RandomAccessFile";

	private FileRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(open(), read(), write(), stat(), change());
	}

	private static RuleDefinition open() {
		return rule("file-open", "Opening a file").documentedAs("open")
			.fix("open, read and close the file together on the bridge: bridge.call(() -> Files.readString(path))")
			.entry(FILES, "newInputStream", "newOutputStream", "newBufferedReader", "newBufferedWriter",
					"newByteChannel")
			.throwSafe()
			.entry("java.nio.channels.FileChannel", "open")
			.throwSafe()
			.entry("java.nio.channels.AsynchronousFileChannel", "open")
			.throwSafe()
			.entry("java.util.zip.ZipFile$Source", "get")
			.leaf("java.io.FileInputStream", "open")
			.throwSafe()
			.leaf("java.io.FileOutputStream", "open")
			.throwSafe()
			.leaf(RANDOM_ACCESS, "open")
			.throwSafe()
			.leaf(UNIX_CALLS, "open", "openat")
			.onUnix()
			.throwSafe()
			.leaf(WINDOWS_CALLS, "CreateFile")
			.onWindows()
			.throwSafe()
			.build();
	}

	private static RuleDefinition read() {
		return rule("file-read", "Reading a file").documentedAs("read_bytes", "read_text")
			.fix("bridge.call(() -> Files.readString(path)), or read it once at start-up")
			.entry(FILES, "readString", "readAllBytes", "readAllLines", "mismatch")
			.throwSafe()
			.entry(FILES, "lines")
			.throwSafe()
			.lazy()
			.entry(RANDOM_ACCESS, "readFully", "readInt", "readLong", "readShort", "readChar", "readDouble",
					"readFloat", "readUTF", "readBoolean", "readByte", "readUnsignedByte", "readUnsignedShort")
			.throwSafe()
			.entry(RANDOM_ACCESS, "skipBytes")
			.span("java.io.InputStream", "readAllBytes", "readNBytes", "transferTo", "skip")
			.throwSafe()
			.span("java.io.InputStream", "skipNBytes")
			.throwSafe()
			.span("sun.nio.ch.ChannelInputStream", "read", "skip")
			.span("sun.nio.ch.ChannelInputStream", "readAllBytes", "readNBytes", "transferTo")
			.alternative()
			.span("java.util.Properties", "load")
			// Also queries the size of a file before it reads on.
			.span("sun.nio.cs.StreamDecoder", "read")
			.leaf("java.io.FileInputStream", "read", "readAllBytes", "readNBytes", "skip")
			.throwSafe()
			.leaf("java.io.FileInputStream", "transferTo")
			.alternative()
			.throwSafe()
			.leaf(RANDOM_ACCESS, "read", "readLine")
			.throwSafe()
			.leaf(FILE_CHANNEL, "read", "map", "transferTo")
			.throwSafe()
			// Must run before the position in the jar is set, because recording an
			// occurrence may itself load a class from that jar.
			.leaf("java.util.zip.ZipFile$Source", "readFullyAt", "readAt")
			.throwSafe()
			.libraryLeaf("org.springframework.boot.loader.zip.FileDataBlock$FileAccess", "fillBuffer")
			.build();
	}

	private static RuleDefinition write() {
		return rule("file-write", "Writing a file").documentedAs("write_bytes", "write_text")
			.fix("bridge.run(() -> Files.writeString(path, text))")
			.entry(FILES, "write", "writeString", "copy")
			.throwSafe()
			.entry(RANDOM_ACCESS, "writeInt", "writeLong", "writeShort", "writeChar", "writeDouble", "writeFloat",
					"writeUTF", "writeBoolean", "writeByte")
			.throwSafe()
			.span("sun.nio.ch.ChannelOutputStream", "write")
			.alternative()
			.leaf("java.io.FileOutputStream", "write")
			.throwSafe()
			.leaf(RANDOM_ACCESS, "write", "setLength", "writeChars")
			.throwSafe()
			.leaf(RANDOM_ACCESS, "writeBytes")
			.descriptor("(Ljava/lang/String;)V")
			.throwSafe()
			.leaf(FILE_CHANNEL, "write", "force", "truncate", "transferFrom", "lock", "tryLock")
			.throwSafe()
			.leaf("java.io.FileDescriptor", "sync")
			.throwSafe()
			.build();
	}

	private static RuleDefinition stat() {
		return rule("file-stat", "Reading the state of a file").documentedAs("stat")
			.fix("bridge.call(() -> Files.size(path)), or remember the answer")
			.entry(FILES, "exists", "notExists", "isRegularFile", "isDirectory", "isSymbolicLink", "isReadable",
					"isWritable", "isExecutable", "isSameFile", "size", "readAttributes", "getAttribute",
					"getLastModifiedTime", "getOwner", "getPosixFilePermissions", "getFileStore", "readSymbolicLink")
			.throwSafe()
			.entry(FILES, "isHidden", "probeContentType")
			.entry("sun.nio.fs.UnixPath", "toRealPath")
			.onUnix()
			.entry("sun.nio.fs.UnixFileStore", "getTotalSpace", "getUsableSpace", "getUnallocatedSpace", "getBlockSize")
			.onUnix()
			.leaf(FILE, "exists", "length", "isFile", "isDirectory", "isHidden", "lastModified", "canRead", "canWrite",
					"canExecute", "getCanonicalPath", "getCanonicalFile", "getTotalSpace", "getFreeSpace",
					"getUsableSpace")
			.throwSafe()
			.leaf(RANDOM_ACCESS, "length")
			.throwSafe()
			.leaf(FILE_CHANNEL, "size")
			.throwSafe()
			.leaf(UNIX_CALLS, "stat", "lstat", "fstatat", "access", "readlink", "realpath", "statvfs")
			.onUnix()
			.throwSafe()
			.leaf(UNIX_CALLS, "exists", "stat2", "fstat")
			.onUnix()
			.alternative()
			.throwSafe()
			.leaf(WINDOWS_CALLS, "GetFileAttributesEx", "GetDiskFreeSpaceEx", "GetFullPathName")
			.onWindows()
			.build();
	}

	private static RuleDefinition change() {
		return rule("file-change", "Creating, moving or deleting a file")
			.fix("bridge.run(() -> Files.delete(path)), together with the calls around it")
			.entry(FILES, "delete", "deleteIfExists", "move", "createFile", "createDirectory", "createDirectories",
					"createTempFile", "createTempDirectory", "createLink", "createSymbolicLink", "setAttribute",
					"setLastModifiedTime", "setOwner", "setPosixFilePermissions")
			.throwSafe()
			.leaf(FILE, "delete", "mkdir", "mkdirs", "renameTo", "createNewFile", "createTempFile", "setLastModified",
					"setReadOnly", "setWritable", "setReadable", "setExecutable")
			.throwSafe()
			.leaf(UNIX_CALLS, "unlink", "unlinkat", "rename", "renameat", "mkdir", "rmdir", "link", "symlink", "chmod",
					"chown", "lchown")
			.onUnix()
			.throwSafe()
			.leaf(UNIX_CALLS, "utimes", "utimensat", "futimens", "fchmod", "fchown", "mknod")
			.onUnix()
			.alternative()
			.throwSafe()
			.leaf(WINDOWS_CALLS, "DeleteFile", "CreateDirectory", "RemoveDirectory", "MoveFileEx", "SetFileAttributes")
			.onWindows()
			.build();
	}

}
