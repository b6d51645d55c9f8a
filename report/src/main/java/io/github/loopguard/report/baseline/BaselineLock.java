package io.github.loopguard.report.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lock that keeps other processes from changing a file at the same time. The lock is a
 * file beside it, which is deleted when the lock is released.
 */
final class BaselineLock implements AutoCloseable {

	/**
	 * A JVM may hold the lock of a file only once.
	 */
	private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

	private static final int LARGEST = 1 << 16;

	private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

	private static final long LOOK_AGAIN = Duration.ofMillis(10).toNanos();

	private final Path path;

	private final FileChannel channel;

	private BaselineLock(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/**
	 * Waits for the lock.
	 * @param file the file to be changed
	 */
	static BaselineLock of(Path file) throws IOException {
		Path path = file.resolveSibling(file.getFileName() + ".lock");
		IN_THIS_JVM.lock();
		try {
			while (true) {
				FileChannel channel = open(path);
				if (isLocked(path, channel)) {
					return new BaselineLock(path, channel);
				}
				// The last holder deleted the file after it was opened here.
				channel.close();
			}
		}
		catch (IOException | RuntimeException ex) {
			IN_THIS_JVM.unlock();
			throw ex;
		}
	}

	@Override
	public void close() throws IOException {
		try {
			Files.deleteIfExists(this.path);
			this.channel.close();
		}
		finally {
			IN_THIS_JVM.unlock();
		}
	}

	private static boolean isLocked(Path path, FileChannel channel) throws IOException {
		try {
			channel.lock();
			requireEmpty(path, channel);
			return isAt(path, channel);
		}
		catch (IOException | RuntimeException ex) {
			try (channel) {
				deleteUnlessHeld(path);
			}
			throw ex;
		}
	}

	/**
	 * Deletes the lock file of a disk that is full. A file with a size may be the lock of
	 * somebody else.
	 */
	private static void deleteUnlessHeld(Path path) throws IOException {
		if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == 0) {
			Files.deleteIfExists(path);
		}
	}

	/**
	 * Leaves a file alone that is no lock, but only has its name, or is linked to it.
	 */
	private static void requireEmpty(Path path, FileChannel channel) throws IOException {
		ByteBuffer content = ByteBuffer.allocate(LARGEST);
		while (content.hasRemaining() && channel.read(content, content.position()) > 0) {
			// Reads on.
		}
		for (int i = 0; i < content.position(); i++) {
			if (content.get(i) != 0) {
				throw new IOException(path + " has content, so it is not the lock of a baseline. Remove or rename it");
			}
		}
	}

	/**
	 * Opens the lock file. On Windows, a deleted file cannot be opened until its last
	 * holder has closed it.
	 */
	private static FileChannel open(Path path) throws IOException {
		long deadline = System.nanoTime() + PATIENCE;
		while (true) {
			try {
				return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
						StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
			}
			catch (AccessDeniedException ex) {
				if (System.nanoTime() - deadline > 0) {
					throw ex;
				}
				LockSupport.parkNanos(LOOK_AGAIN);
			}
			catch (IOException ex) {
				if (Files.isSymbolicLink(path)) {
					throw new IOException(path + " is a symbolic link, which nobody should have made. Remove it", ex);
				}
				throw ex;
			}
		}
	}

	/**
	 * Returns whether the locked file still has its name, by setting its size, which only
	 * the holder of the lock may do. Opening the file to compare its content would
	 * release the lock on systems where locks belong to processes.
	 */
	private static boolean isAt(Path path, FileChannel channel) throws IOException {
		int size = ThreadLocalRandom.current().nextInt(1, LARGEST);
		channel.truncate(0);
		channel.write(ByteBuffer.allocate(1), size - 1);
		try {
			return Files.size(path) == size;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

}
