package io.github.loopguard.report.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps other processes away from a file while it is read, changed and put back. The lock
 * is a file beside it that is gone afterwards.
 */
final class BaselineLock implements AutoCloseable {

	/** A JVM may hold a file's lock only once. */
	private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

	private static final int LARGEST = 1 << 20;

	private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

	private static final long LOOK_AGAIN = Duration.ofMillis(10).toNanos();

	private final Path path;

	private final FileChannel channel;

	private BaselineLock(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/**
	 * Waits until nobody else holds the lock.
	 * @param file the file to be changed
	 */
	static BaselineLock of(Path file) throws IOException {
		Path path = file.resolveSibling(file.getFileName() + ".lock");
		IN_THIS_JVM.lock();
		try {
			while (true) {
				FileChannel channel = open(path);
				channel.lock();
				if (isAt(path, channel)) {
					return new BaselineLock(path, channel);
				}
				// Its last holder has deleted what was opened here.
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

	/**
	 * Opens the lock's file. Where a file cannot be deleted at once, as on Windows, it
	 * cannot be opened either until its last holder has closed it.
	 */
	private static FileChannel open(Path path) throws IOException {
		long deadline = System.nanoTime() + PATIENCE;
		while (true) {
			try {
				return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			}
			catch (AccessDeniedException ex) {
				if (System.nanoTime() - deadline > 0) {
					throw ex;
				}
				LockSupport.parkNanos(LOOK_AGAIN);
			}
		}
	}

	/**
	 * Tells whether a file is still there under its name: only its holder may give it a
	 * size. Reading it instead would release the lock where locks belong to processes.
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
