package io.github.loopguard.blackbox.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.github.loopguard.blackbox.BlackBoxHeader;
import io.github.loopguard.blackbox.BlackBoxRecord;
import io.github.loopguard.blackbox.RecordRing;

/**
 * The file that is written. It is locked as long as the process lives, and has all its
 * blocks from the beginning, because writing to a mapped file for which the disk has no
 * more room is an error that no code can handle well.
 */
final class RecordingFile {

	private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE);

	private static final int BLOCK = 1 << 16;

	private final Path path;

	private final FileChannel channel;

	private final RecordRing ring;

	private RecordingFile(Path path, FileChannel channel, RecordRing ring) {
		this.path = path;
		this.channel = channel;
		this.ring = ring;
	}

	/**
	 * Creates a file that does not exist yet, readable by its owner only.
	 * @param path its path, of which only the last part may be missing
	 * @param size its size
	 * @param header whose file it is
	 * @throws IOException if it cannot be created with all its blocks; then nothing is
	 * left of it
	 */
	static RecordingFile create(Path path, int size, BlackBoxHeader header) throws IOException {
		FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
				StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
		boolean created = false;
		try {
			if (!Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
				throw new IOException("the file system cannot keep it for its owner only");
			}
			channel.tryLock();
			allocate(channel, size);
			RecordRing ring = new RecordRing(channel.map(MapMode.READ_WRITE, 0, size), header,
					ThreadLocalRandom.current().nextLong());
			created = true;
			return new RecordingFile(path, channel, ring);
		}
		finally {
			if (!created) {
				channel.close();
				Files.deleteIfExists(path);
			}
		}
	}

	private static void allocate(FileChannel channel, int size) throws IOException {
		ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
		int written = 0;
		while (written < size) {
			zeros.clear().limit(Math.min(BLOCK, size - written));
			written += channel.write(zeros, written);
		}
	}

	void add(BlackBoxRecord record) {
		this.ring.add(record);
	}

	void alive(Instant at) {
		this.ring.alive(at);
	}

	Path path() {
		return this.path;
	}

	/**
	 * Returns whether somebody else has deleted the file, so that nobody would find what
	 * is written.
	 */
	boolean isGone() {
		return Files.notExists(this.path, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Stops to write.
	 * @param keep whether the file stays where it is, rather than being deleted
	 */
	void close(boolean keep) throws IOException {
		this.channel.close();
		if (!keep) {
			Files.deleteIfExists(this.path);
		}
	}

}
