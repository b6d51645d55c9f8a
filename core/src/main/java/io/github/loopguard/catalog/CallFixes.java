package io.github.loopguard.catalog;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Fixes of single APIs whose rule has others too: the same call, on the bridge. What they
 * propose compiles and does what the call does.
 */
final class CallFixes {

	private static final String PRINCIPALS = "java.nio.file.attribute.UserPrincipalLookupService";

	private static final Map<String, String> FIXES = new HashMap<>();

	static {
		files();
		file();
		randomAccess();
		channel();
		streams();
		random();
	}

	private CallFixes() {
	}

	/**
	 * Returns the fix of an API, or {@code null} if the one of its rule applies.
	 */
	static @Nullable String fix(String api) {
		return FIXES.get(api);
	}

	private static void files() {
		String type = "java.nio.file.Files";
		calls(type, "Files", "readAllBytes(path)", "readAllLines(path)", "mismatch(path, other)", "write(path, bytes)",
				"copy(path, other)", "exists(path)", "notExists(path)", "isRegularFile(path)", "isDirectory(path)",
				"isSymbolicLink(path)", "isReadable(path)", "isWritable(path)", "isExecutable(path)",
				"isSameFile(path, other)", "isHidden(path)", "size(path)",
				"readAttributes(path, BasicFileAttributes.class)", "getAttribute(path, name)",
				"getLastModifiedTime(path)", "getOwner(path)", "getPosixFilePermissions(path)", "getFileStore(path)",
				"readSymbolicLink(path)", "probeContentType(path)", "deleteIfExists(path)", "move(path, other)",
				"createFile(path)", "createDirectory(path)", "createDirectories(path)",
				"createTempFile(prefix, suffix)", "createTempDirectory(prefix)", "createLink(path, other)",
				"createSymbolicLink(path, other)", "setAttribute(path, name, value)", "setLastModifiedTime(path, time)",
				"setOwner(path, owner)", "setPosixFilePermissions(path, permissions)", "walkFileTree(path, visitor)");
		reading(type + ".newInputStream", "InputStream", "Files.newInputStream(path)", "in.readAllBytes()");
		reading(type + ".newBufferedReader", "BufferedReader", "Files.newBufferedReader(path)", "in.lines().toList()");
		reading(type + ".lines", "Stream<String>", "Files.lines(path)", "in.toList()");
		writing(type + ".newOutputStream", "OutputStream", "Files.newOutputStream(path)", "out.write(bytes)");
		writing(type + ".newBufferedWriter", "BufferedWriter", "Files.newBufferedWriter(path)", "out.write(text)");
	}

	private static void file() {
		calls("java.io.File", "file", "exists()", "length()", "isFile()", "isDirectory()", "isHidden()",
				"lastModified()", "canRead()", "canWrite()", "canExecute()", "getCanonicalPath()", "getCanonicalFile()",
				"getTotalSpace()", "getFreeSpace()", "getUsableSpace()", "delete()", "mkdir()", "mkdirs()",
				"renameTo(target)", "createNewFile()", "setLastModified(millis)", "setReadOnly()", "setWritable(true)",
				"setReadable(true)", "setExecutable(true)", "list()", "listFiles()");
		calls("java.io.File", "File", "createTempFile(prefix, suffix)");
	}

	private static void randomAccess() {
		String type = "java.io.RandomAccessFile";
		calls(type, "random", "read(buffer)", "readLine()", "readInt()", "readLong()", "readShort()", "readChar()",
				"readDouble()", "readFloat()", "readUTF()", "readBoolean()", "readByte()", "readUnsignedByte()",
				"readUnsignedShort()", "skipBytes(count)", "length()", "getFilePointer()");
		runs(type, "random", "readFully(buffer)", "seek(length)", "write(buffer)", "setLength(length)",
				"writeInt(count)", "writeLong(length)", "writeShort(count)", "writeChar(count)", "writeDouble(length)",
				"writeFloat(count)", "writeUTF(text)", "writeBoolean(true)", "writeByte(count)", "writeChars(text)",
				"writeBytes(text)");
		reading(type + ".<init>", "RandomAccessFile", "new RandomAccessFile(file, mode)", "in.readLine()");
	}

	private static void channel() {
		String type = "java.nio.channels.FileChannel";
		calls(type, "channel", "read(buffer)", "write(buffer)", "map(mode, position, size)",
				"transferTo(position, count, target)", "transferFrom(source, position, count)", "truncate(size)",
				"lock()", "tryLock()", "size()", "position()");
		runs(type, "channel", "force(true)");
		reading(type + ".open", "FileChannel", "FileChannel.open(path)", "in.read(buffer)");
		runs("java.io.FileDescriptor", "descriptor", "sync()");
		calls("java.nio.file.Path", "path", "register(watcher, kinds)");
		String asynchronous = "java.nio.channels.AsynchronousFileChannel";
		calls(asynchronous, "asynchronous", "truncate(length)", "tryLock()", "size()");
		runs(asynchronous, "asynchronous", "force(true)");
		runs("java.nio.MappedByteBuffer", "mapped", "load()", "force()");
		calls(PRINCIPALS, "principals", "lookupPrincipalByName(name)", "lookupPrincipalByGroupName(name)");
	}

	private static void streams() {
		reading("java.util.zip.ZipFile.<init>", "ZipFile", "new ZipFile(file)", "in.size()");
		reading("java.util.jar.JarFile.<init>", "JarFile", "new JarFile(file)", "in.getManifest()");
		reading("java.io.FileInputStream.<init>", "InputStream", "new FileInputStream(file)", "in.readAllBytes()");
		reading("java.io.FileReader.<init>", "Reader", "new FileReader(file)", "in.read()");
		reading("java.util.Scanner.<init>", "Scanner", "new Scanner(file)", "in.next()");
		writing("java.io.FileOutputStream.<init>", "OutputStream", "new FileOutputStream(file)", "out.write(bytes)");
		writing("java.io.FileWriter.<init>", "Writer", "new FileWriter(file)", "out.write(text)");
		calls("java.io.InputStream", "in", "readAllBytes()", "readNBytes(count)", "transferTo(out)", "skip(count)");
		calls("java.io.FileInputStream", "in", "read(buffer)", "readAllBytes()", "readNBytes(count)", "transferTo(out)",
				"skip(count)", "available()");
		runs("java.io.FileOutputStream", "out", "write(buffer)");
		runs("java.util.Properties", "properties", "load(in)");
		runs("java.net.Socket", "socket", "close()");
		runs("java.net.DatagramSocket", "datagrams", "send(packet)", "receive(packet)");
	}

	private static void random() {
		calls("java.util.UUID", "UUID", "randomUUID()");
		calls("java.security.SecureRandom", "SecureRandom", "getInstanceStrong()");
		runs("java.security.SecureRandom", "secureRandom", "nextBytes(bytes)");
	}

	/**
	 * Adds calls that return something.
	 */
	private static void calls(String type, String receiver, String... calls) {
		add("bridge.call", type, receiver, calls);
	}

	/**
	 * Adds calls that return nothing.
	 */
	private static void runs(String type, String receiver, String... calls) {
		add("bridge.run", type, receiver, calls);
	}

	private static void add(String operation, String type, String receiver, String... calls) {
		for (String call : calls) {
			FIXES.put(type + "." + call.substring(0, call.indexOf('(')),
					operation + "(() -> " + receiver + "." + call + "), together with the calls around it");
		}
	}

	private static void reading(String api, String type, String open, String read) {
		FIXES.put(api, "open, read and close it together: bridge.call(() -> { try (" + type + " in = " + open
				+ ") { return " + read + "; } })");
	}

	private static void writing(String api, String type, String open, String write) {
		FIXES.put(api, "open, write and close it together: bridge.run(() -> { try (" + type + " out = " + open + ") { "
				+ write + "; } })");
	}

}
