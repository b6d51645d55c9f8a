package io.github.loopguard.blackbox;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Writes records into a file that is mapped into memory, over the oldest ones when it is
 * full. A record whose writing was interrupted has a wrong checksum, and hides no other.
 * Not safe for use by several threads.
 *
 * @since 0.2
 */
public final class RecordRing {

	/**
	 * Smallest file that has room for the header and some records of any size.
	 */
	public static final int SMALLEST = FileLayout.HEADER_SIZE + 4 * RecordOutput.CAPACITY;

	private final ByteBuffer file;

	private final long salt;

	private final RecordOutput output = new RecordOutput();

	private final ByteBuffer frame = ByteBuffer.allocate(FileLayout.FRAME_SIZE);

	private int position = FileLayout.HEADER_SIZE;

	private long sequence;

	/**
	 * Creates an empty ring, and writes the header.
	 * @param file the whole file, which has only zeros
	 * @param header whose file it is
	 * @param salt a random number, so that no text of others is taken for a record
	 */
	public RecordRing(ByteBuffer file, BlackBoxHeader header, long salt) {
		if (file.capacity() < SMALLEST) {
			throw new IllegalArgumentException("smaller than " + SMALLEST + " bytes");
		}
		this.file = file;
		this.salt = salt;
		header.encode(this.output);
		int length = this.output.size();
		file.putInt(FileLayout.VERSION_AT, FileLayout.VERSION);
		file.putInt(FileLayout.SIZE_AT, file.capacity());
		file.putLong(FileLayout.SALT_AT, salt);
		file.putInt(FileLayout.LENGTH_AT, length);
		file.put(FileLayout.HEADER_TEXT, this.output.bytes(), 0, length);
		file.putInt(FileLayout.CHECKSUM_AT, FileLayout.checksum(salt, file.capacity(), this.output.bytes(), 0, length));
		file.putLong(0, FileLayout.MAGIC);
	}

	/**
	 * Adds a record.
	 * @param record the record
	 */
	public void add(BlackBoxRecord record) {
		this.output.clear();
		RecordFormat.encode(record, this.output);
		int length = this.output.size();
		int size = FileLayout.sizeOf(length);
		if (this.position + size > this.file.capacity()) {
			if (this.position < this.file.capacity()) {
				this.file.putInt(this.position, 0);
			}
			this.position = FileLayout.HEADER_SIZE;
		}
		this.sequence++;
		write(this.position, length);
		this.position += size;
	}

	/**
	 * Notes that the process lives.
	 * @param at the time
	 */
	public void alive(Instant at) {
		this.file.putLong(FileLayout.ALIVE_AT, at.toEpochMilli());
	}

	/**
	 * Writes the mark last, so that who reads meanwhile sees no record that is not whole.
	 */
	private void write(int at, int length) {
		this.frame.putInt(FileLayout.RECORD_LENGTH, length);
		this.frame.putLong(FileLayout.RECORD_SEQUENCE, this.sequence);
		this.frame.putInt(FileLayout.RECORD_CHECKSUM,
				FileLayout.checksum(this.salt, this.sequence, this.output.bytes(), 0, length));
		this.file.putInt(at, 0);
		this.file.put(at + Integer.BYTES, this.frame.array(), Integer.BYTES, FileLayout.FRAME_SIZE - Integer.BYTES);
		this.file.put(at + FileLayout.FRAME_SIZE, this.output.bytes(), 0, length);
		this.file.putInt(at, FileLayout.MARK);
	}

}
