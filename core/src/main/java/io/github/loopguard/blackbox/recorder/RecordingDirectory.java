package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import io.github.loopguard.blackbox.BlackBoxHeader;
import io.github.loopguard.blackbox.BlackBoxSettings.Recording;

/**
 * The directory of the files. A file's name has the application, when its JVM was started
 * and the process, so that names sort by time.
 */
final class RecordingDirectory {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final int LONGEST_NAME = 60;

	private final Path directory;

	private final String prefix;

	private final String name;

	private RecordingDirectory(Path directory, BlackBoxHeader header) {
		this.directory = directory;
		String application = header.application();
		String cut = (application.length() <= LONGEST_NAME) ? application : application.substring(0, LONGEST_NAME);
		this.prefix = "loopguard-" + cut.replaceAll("[^A-Za-z0-9_.-]", "_") + "-";
		this.name = this.prefix + TIME.format(header.started()) + "-" + header.pid();
	}

	/**
	 * Opens the directory; creates it, for its owner only, if it is missing.
	 * @param recording says which one
	 * @param header tells this JVM from others
	 * @throws UnusableDirectoryException if it cannot be used
	 */
	static RecordingDirectory open(Recording recording, BlackBoxHeader header) {
		Path directory = recording.directory();
		String setting = recording.named() ? "loopguard.black-box.directory=" + directory
				: "the directory for temporary files, " + directory + ",";
		if (recording.named() && Files.isSymbolicLink(directory)) {
			throw new UnusableDirectoryException(
					setting + " is a symbolic link, which is not followed; name the directory that it points to");
		}
		try {
			if (recording.named() && Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
				create(directory.toAbsolutePath());
			}
			Path real = directory.toRealPath();
			if (!Files.isDirectory(real) || !Files.isWritable(real)) {
				throw new UnusableDirectoryException(setting + " is not a directory that this process may write to; "
						+ "name one by loopguard.black-box.directory, or set loopguard.black-box.enabled=false");
			}
			if (!real.getFileSystem().supportedFileAttributeViews().contains("posix")) {
				throw new UnusableDirectoryException(setting + " is on a file system that cannot keep a file for its "
						+ "owner only; name one on another by loopguard.black-box.directory");
			}
			return new RecordingDirectory(real, header);
		}
		catch (IOException ex) {
			throw new UnusableDirectoryException(setting + " cannot be used, because of " + ex
					+ "; name another one by loopguard.black-box.directory, or set loopguard.black-box.enabled=false");
		}
	}

	private static void create(Path directory) throws IOException {
		if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		else {
			Files.createDirectories(directory);
		}
	}

	/**
	 * Returns the path of this JVM's file.
	 */
	Path file() {
		return this.directory.resolve(this.name + ".blackbox");
	}

	/**
	 * Deletes the oldest files of this application that no process writes any more.
	 * @param keep how many of them are kept
	 */
	void prune(int keep) throws IOException {
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> all = Files.newDirectoryStream(this.directory, this::isOfThisApplication)) {
			all.forEach(files::add);
		}
		files.sort(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed());
		int kept = 0;
		for (Path file : files) {
			if (!file.equals(file()) && !isWritten(file)) {
				kept++;
				if (kept > keep) {
					Files.deleteIfExists(file);
				}
			}
		}
	}

	private boolean isOfThisApplication(Path file) {
		String name = file.getFileName().toString();
		return name.startsWith(this.prefix)
				&& name.substring(this.prefix.length()).matches("\\d{8}T\\d{6}\\.\\d{3}Z-\\d+\\.blackbox")
				&& Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Returns whether a process that lives has the file locked. Opening it for reading
	 * and writing never waits, whatever somebody puts in its place meanwhile.
	 */
	private static boolean isWritten(Path file) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
				LinkOption.NOFOLLOW_LINKS); FileLock lock = channel.tryLock()) {
			return lock == null;
		}
		catch (IOException | OverlappingFileLockException ex) {
			return true;
		}
	}

	/**
	 * Thrown when a directory cannot be used. The message names the remedy.
	 */
	static final class UnusableDirectoryException extends RuntimeException {

		UnusableDirectoryException(String message) {
			super(message);
		}

	}

}
