package io.github.loopguard.catalog;

import java.util.List;

import io.github.loopguard.catalog.Hook.Condition;

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

	private static final String ASYNCHRONOUS_CHANNEL = "sun.nio.ch.SimpleAsynchronousFileChannelImpl";

	private static final String WINDOWS_ASYNCHRONOUS_CHANNEL = "sun.nio.ch.WindowsAsynchronousFileChannelImpl";

	/** Buffers and segments that map a file. */
	private static final String MAPPED_MEMORY = "java.nio.MappedMemoryUtils";

	private static final String RANDOM_ACCESS = "java.io.RandomAccessFile";

	/** What opens the resource that a URL names. */
	private static final String[] URL_CONNECTION = { "connect", "getInputStream" };

	private static final String KOTLIN = "kotlin.io.FilesKt__FileReadWriteKt";

	private static final String KOTLIN_TREES = "kotlin.io.FilesKt__UtilsKt";

	private FileRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(open(), read(), write(), stat(), change());
	}

	private static RuleDefinition open() {
		return rule("file-open", "Opening a file").documentedAs("open")
			.fix("open, read and close the file together on the bridge: bridge.call(() -> Files.readString(path))")
			.throwSafeEntry(FILES, "newInputStream", "newOutputStream", "newBufferedReader", "newBufferedWriter",
					"newByteChannel")
			.throwSafeEntry("java.nio.channels.FileChannel", "open")
			.throwSafeEntry("java.nio.channels.AsynchronousFileChannel", "open")
			.entry("java.util.zip.ZipFile$Source", "get")
			.throwSafeLeaf("java.io.FileInputStream", "open")
			.throwSafeLeaf("java.io.FileOutputStream", "open")
			.throwSafeLeaf(RANDOM_ACCESS, "open")
			.throwSafeLeaf(UNIX_CALLS, "open", "openat")
			.onUnix()
			.throwSafeLeaf(WINDOWS_CALLS, "CreateFile")
			.onWindows()
			.build();
	}

	private static RuleDefinition read() {
		return rule("file-read", "Reading a file").documentedAs("read_bytes", "read_text")
			.fix("bridge.call(() -> Files.readString(path)), or read it once at start-up")
			.throwSafeEntry(FILES, "readString", "readAllBytes", "readAllLines", "mismatch")
			.throwSafeEntry(FILES, "copy")
			.descriptor("(Ljava/nio/file/Path;Ljava/io/OutputStream;)J")
			.throwSafeEntry(FILES, "lines")
			.lazy()
			.entry("sun.net.www.protocol.file.FileURLConnection", URL_CONNECTION)
			.entry("sun.net.www.protocol.jar.JarURLConnection", URL_CONNECTION)
			.throwSafeEntry(RANDOM_ACCESS, "readFully", "readInt", "readLong", "readShort", "readChar", "readDouble",
					"readFloat", "readUTF", "readBoolean", "readByte", "readUnsignedByte", "readUnsignedShort")
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
			.span("sun.nio.cs.StreamDecoder", "implRead")
			.only(Condition.UNBUFFERED)
			.span("java.io.BufferedInputStream", "read")
			.descriptor("([BII)I")
			.span("java.io.BufferedReader", "read")
			.descriptor("([CII)I")
			.throwSafeLeaf("java.io.FileInputStream", "read", "readAllBytes", "readNBytes", "skip")
			.throwSafeLeaf("java.io.FileInputStream", "transferTo")
			.alternative()
			.throwSafeLeaf(RANDOM_ACCESS, "read", "readLine")
			.throwSafeLeaf(FILE_CHANNEL, "read", "map", "transferTo")
			.leaf(MAPPED_MEMORY, "load")
			// Must run before the position in the jar is set, because recording an
			// occurrence may itself load a class from that jar.
			.throwSafeLeaf("java.util.zip.ZipFile$Source", "readFullyAt", "readAt")
			.libraryLeaf("org.springframework.boot.loader.zip.FileDataBlock$FileAccess", "fillBuffer")
			.libraryEntry(KOTLIN, "readText", "readBytes", "readLines", "forEachLine", "forEachBlock")
			.build();
	}

	private static RuleDefinition write() {
		return rule("file-write", "Writing a file").documentedAs("write_bytes", "write_text")
			.fix("bridge.run(() -> Files.writeString(path, text))")
			.throwSafeEntry(FILES, "write", "writeString")
			.throwSafeEntry(FILES, "copy")
			.descriptor("(Ljava/nio/file/Path;Ljava/nio/file/Path;[Ljava/nio/file/CopyOption;)Ljava/nio/file/Path;")
			.throwSafeEntry(FILES, "copy")
			.descriptor("(Ljava/io/InputStream;Ljava/nio/file/Path;[Ljava/nio/file/CopyOption;)J")
			.throwSafeEntry(RANDOM_ACCESS, "writeInt", "writeLong", "writeShort", "writeChar", "writeDouble",
					"writeFloat", "writeUTF", "writeBoolean", "writeByte")
			.span("sun.nio.ch.ChannelOutputStream", "write")
			.alternative()
			.throwSafeLeaf("java.io.FileOutputStream", "write")
			.throwSafeLeaf(RANDOM_ACCESS, "write", "setLength", "writeChars")
			.throwSafeLeaf(RANDOM_ACCESS, "writeBytes")
			.descriptor("(Ljava/lang/String;)V")
			.throwSafeLeaf(FILE_CHANNEL, "write", "force", "truncate", "transferFrom", "lock", "tryLock")
			.throwSafeLeaf(ASYNCHRONOUS_CHANNEL, "force", "truncate", "tryLock")
			.onUnix()
			.throwSafeLeaf(WINDOWS_ASYNCHRONOUS_CHANNEL, "force", "truncate", "tryLock")
			.onWindows()
			.leaf(MAPPED_MEMORY, "force")
			.throwSafeLeaf("java.io.FileDescriptor", "sync")
			.libraryEntry(KOTLIN, "writeText", "writeBytes", "appendText", "appendBytes")
			.libraryEntry(KOTLIN_TREES, "copyTo", "copyRecursively")
			.build();
	}

	private static RuleDefinition stat() {
		return rule("file-stat", "Reading the state of a file").documentedAs("stat")
			.fix("bridge.call(() -> Files.size(path)), or remember the answer")
			.throwSafeEntry(FILES, "exists", "notExists", "isRegularFile", "isDirectory", "isSymbolicLink",
					"isReadable", "isWritable", "isExecutable", "isSameFile", "size", "readAttributes", "getAttribute",
					"getLastModifiedTime", "getOwner", "getPosixFilePermissions", "getFileStore", "readSymbolicLink")
			.entry(FILES, "isHidden", "probeContentType")
			.entry("sun.nio.fs.UnixPath", "toRealPath", "register")
			.onUnix()
			.entry("sun.nio.fs.WindowsPath", "register")
			.onWindows()
			.entry("sun.nio.fs.UnixFileStore", "getTotalSpace", "getUsableSpace", "getUnallocatedSpace", "getBlockSize")
			.onUnix()
			.throwSafeLeaf(FILE, "exists", "length", "isFile", "isDirectory", "isHidden", "lastModified", "canRead",
					"canWrite", "canExecute", "getCanonicalPath", "getCanonicalFile", "getTotalSpace", "getFreeSpace",
					"getUsableSpace")
			.throwSafeLeaf(RANDOM_ACCESS, "length", "seek", "getFilePointer")
			.throwSafeLeaf("java.io.FileInputStream", "available")
			.only(Condition.NAMED_FILE)
			.throwSafeLeaf(FILE_CHANNEL, "size")
			.throwSafeLeaf(ASYNCHRONOUS_CHANNEL, "size")
			.onUnix()
			.throwSafeLeaf(WINDOWS_ASYNCHRONOUS_CHANNEL, "size")
			.onWindows()
			.throwSafeLeaf(UNIX_CALLS, "stat", "lstat", "fstatat", "access", "readlink", "realpath", "statvfs",
					"getpwnam", "getgrnam")
			.onUnix()
			// The names of owner and group, which attributes look up when they are asked.
			.leaf("sun.nio.fs.UnixUserPrincipals", "fromUid", "fromGid")
			.onUnix()
			.leaf("sun.nio.fs.LinuxFileSystem", "getMountEntries")
			.alternative()
			.throwSafeLeaf(UNIX_CALLS, "exists", "stat2", "fstat")
			.onUnix()
			.alternative()
			.leaf(WINDOWS_CALLS, "GetFileAttributesEx", "GetDiskFreeSpaceEx", "GetFullPathName", "LookupAccountName")
			.onWindows()
			.build();
	}

	private static RuleDefinition change() {
		return rule("file-change", "Creating, moving or deleting a file")
			.fix("bridge.run(() -> Files.delete(path)), together with the calls around it")
			.throwSafeEntry(FILES, "delete", "deleteIfExists", "move", "createFile", "createDirectory",
					"createDirectories", "createTempFile", "createTempDirectory", "createLink", "createSymbolicLink",
					"setAttribute", "setLastModifiedTime", "setOwner", "setPosixFilePermissions")
			.throwSafeLeaf(FILE, "delete", "mkdir", "mkdirs", "renameTo", "createNewFile", "createTempFile",
					"setLastModified", "setReadOnly", "setWritable", "setReadable", "setExecutable")
			.throwSafeLeaf(UNIX_CALLS, "unlink", "unlinkat", "rename", "renameat", "mkdir", "rmdir", "link", "symlink",
					"chmod", "chown", "lchown")
			.onUnix()
			.throwSafeLeaf(UNIX_CALLS, "utimes", "utimensat", "futimens", "fchmod", "fchown", "mknod")
			.onUnix()
			.alternative()
			.leaf(WINDOWS_CALLS, "DeleteFile", "CreateDirectory", "RemoveDirectory", "MoveFileEx", "SetFileAttributes")
			.onWindows()
			.libraryEntry(KOTLIN_TREES, "deleteRecursively")
			.build();
	}

}
