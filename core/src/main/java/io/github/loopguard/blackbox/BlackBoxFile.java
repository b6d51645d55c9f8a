package io.github.loopguard.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The file of a black box, which anybody may have written. Records are read one by one,
 * so that no file needs much more memory than its size.
 *
 * @since 0.2
 */
public final class BlackBoxFile {

	/**
	 * Largest file that is written and read.
	 */
	public static final int LARGEST = 256 << 20;

	/** A file with more that looks like records is none that Loopguard has written. */
	private static final int MOST_CHECKS = 4;

	private final ByteBuffer file;

	private final byte[] bytes;

	private final BlackBoxHeader header;

	private final long salt;

	private final int[] records;

	private BlackBoxFile(byte[] bytes) {
		this.bytes = bytes;
		this.file = ByteBuffer.wrap(bytes);
		this.salt = this.file.getLong(FileLayout.SALT_AT);
		this.header = readHeader();
		this.records = inOrder(find());
	}

	/**
	 * Reads a file, also while it is written.
	 * @param file the file
	 * @return its content
	 * @throws UnreadableBlackBoxException if it is no black box
	 */
	public static BlackBoxFile read(Path file) {
		try {
			return new BlackBoxFile(bytes(file));
		}
		catch (UnreadableBlackBoxException ex) {
			throw new UnreadableBlackBoxException(file + " " + ex.getMessage());
		}
		catch (NoSuchFileException ex) {
			throw new UnreadableBlackBoxException(file + " does not exist", ex);
		}
		catch (IOException ex) {
			throw new UnreadableBlackBoxException(file + " cannot be read: " + ex, ex);
		}
	}

	/**
	 * Returns whose file it is.
	 * @return the header
	 */
	public BlackBoxHeader header() {
		return this.header;
	}

	/**
	 * Returns when the process was last known to live.
	 * @return the time, to a fraction of a second
	 */
	public Instant alive() {
		return Instant.ofEpochMilli(this.file.getLong(FileLayout.ALIVE_AT));
	}

	/**
	 * Returns the records, the oldest one first. Those of a kind that this version does
	 * not know are left out.
	 * @return a stream that reads them one by one
	 */
	public Stream<BlackBoxRecord> records() {
		return Arrays.stream(this.records).mapToObj(this::decode).filter(Objects::nonNull);
	}

	private static byte[] bytes(Path file) throws IOException {
		if (Files.exists(file) && !Files.isRegularFile(file)) {
			throw new UnreadableBlackBoxException("is not a file");
		}
		try (InputStream in = Files.newInputStream(file)) {
			byte[] start = in.readNBytes(FileLayout.HEADER_SIZE);
			int size = size(start);
			long there = Files.size(file);
			if (there < size) {
				throw new UnreadableBlackBoxException("is incomplete: it has " + there + " of " + size + " bytes");
			}
			byte[] bytes = Arrays.copyOf(start, size);
			in.readNBytes(bytes, start.length, size - start.length);
			return bytes;
		}
	}

	private static int size(byte[] start) {
		ByteBuffer header = ByteBuffer.wrap(start);
		if (start.length < FileLayout.HEADER_TEXT || header.getLong(0) != FileLayout.MAGIC) {
			throw new UnreadableBlackBoxException("is no black box of Loopguard");
		}
		int version = header.getInt(FileLayout.VERSION_AT);
		if (version != FileLayout.VERSION) {
			throw new UnreadableBlackBoxException("has format " + version + ", and this version of Loopguard reads "
					+ "format " + FileLayout.VERSION + ". Read it with the version that wrote it");
		}
		int size = header.getInt(FileLayout.SIZE_AT);
		if (size < RecordRing.SMALLEST || size > LARGEST) {
			throw new UnreadableBlackBoxException("is damaged: its header says that it has " + size + " bytes");
		}
		return size;
	}

	private BlackBoxHeader readHeader() {
		int length = this.file.getInt(FileLayout.LENGTH_AT);
		if (length < 0 || length > FileLayout.ALIVE_AT - FileLayout.HEADER_TEXT
				|| this.file.getInt(FileLayout.CHECKSUM_AT) != FileLayout.checksum(this.salt, this.bytes.length,
						this.bytes, FileLayout.HEADER_TEXT, length)) {
			throw new UnreadableBlackBoxException("is damaged: its header has a wrong checksum");
		}
		try {
			return BlackBoxHeader.decode(new RecordInput(this.file.slice(FileLayout.HEADER_TEXT, length)));
		}
		catch (RuntimeException ex) {
			throw new UnreadableBlackBoxException("is damaged: its header cannot be understood", ex);
		}
	}

	/**
	 * Returns where records begin.
	 */
	private int[] find() {
		IntStream.Builder found = IntStream.builder();
		long checks = (long) MOST_CHECKS * this.bytes.length;
		int at = FileLayout.HEADER_SIZE;
		while (at + FileLayout.FRAME_SIZE <= this.bytes.length) {
			int length = (this.file.getInt(at) == FileLayout.MARK) ? this.file.getInt(at + FileLayout.RECORD_LENGTH)
					: 0;
			boolean whole = false;
			if (length > 0
					&& length <= Math.min(RecordOutput.CAPACITY, this.bytes.length - at - FileLayout.FRAME_SIZE)) {
				checks -= length;
				whole = isWhole(at, length);
			}
			if (checks < 0) {
				throw new UnreadableBlackBoxException("is damaged: too many of its entries have a wrong checksum");
			}
			if (whole) {
				found.add(at);
			}
			at += whole ? FileLayout.sizeOf(length) : FileLayout.ALIGNMENT;
		}
		return found.build().toArray();
	}

	private boolean isWhole(int at, int length) {
		return this.file.getInt(at + FileLayout.RECORD_CHECKSUM) == FileLayout.checksum(this.salt, sequence(at),
				this.bytes, at + FileLayout.FRAME_SIZE, length);
	}

	private long sequence(int at) {
		return this.file.getLong(at + FileLayout.RECORD_SEQUENCE);
	}

	/**
	 * Puts the oldest record first: each is newer than the one before it, except for the
	 * one that was written over next.
	 */
	private int[] inOrder(int[] found) {
		int oldest = 0;
		for (int i = 1; i < found.length; i++) {
			if (sequence(found[i]) <= sequence(found[i - 1])) {
				if (oldest != 0) {
					throw new UnreadableBlackBoxException("is damaged: its entries are in no order");
				}
				oldest = i;
			}
		}
		int[] ordered = Arrays.copyOfRange(found, oldest, found.length + oldest);
		System.arraycopy(found, 0, ordered, found.length - oldest, oldest);
		return ordered;
	}

	private @Nullable BlackBoxRecord decode(int at) {
		int length = this.file.getInt(at + FileLayout.RECORD_LENGTH);
		try {
			return RecordFormat.decode(new RecordInput(this.file.slice(at + FileLayout.FRAME_SIZE, length)));
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
