package io.github.loopguard.blackbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a record into a buffer that is used again and again. Texts are cut
 * so that every record fits.
 */
final class RecordOutput {

	/** The most bytes of a record. */
	static final int CAPACITY = 1 << 16;

	/** Stands for a text that is not there. */
	static final int NO_TEXT = 0xFFFF;

	private static final int LONGEST_TEXT = 500;

	private static final int MOST_TEXTS = 32;

	/** What one more text and the number behind a list need at most. */
	private static final int RESERVE = 3 * LONGEST_TEXT + 64;

	private final byte[] bytes = new byte[CAPACITY];

	private final ByteBuffer buffer = ByteBuffer.wrap(this.bytes);

	void clear() {
		this.buffer.clear();
	}

	int size() {
		return this.buffer.position();
	}

	byte[] bytes() {
		return this.bytes;
	}

	void put(byte value) {
		this.buffer.put(value);
	}

	void put(boolean value) {
		this.buffer.put((byte) (value ? 1 : 0));
	}

	void put(int value) {
		this.buffer.putInt(value);
	}

	void put(long value) {
		this.buffer.putLong(value);
	}

	void put(Instant value) {
		this.buffer.putLong(value.toEpochMilli());
	}

	void put(Duration value) {
		this.buffer.putLong(value.toNanos());
	}

	void put(@Nullable String value) {
		if (value == null) {
			this.buffer.putShort((short) NO_TEXT);
			return;
		}
		String cut = (value.length() <= LONGEST_TEXT) ? value : value.substring(0, LONGEST_TEXT);
		byte[] encoded = cut.getBytes(StandardCharsets.UTF_8);
		this.buffer.putShort((short) encoded.length);
		this.buffer.put(encoded);
	}

	void put(List<String> values) {
		put(values, MOST_TEXTS);
	}

	/**
	 * Puts as many texts as there is room for.
	 * @param most the most texts that are put
	 * @return how many were put
	 */
	int put(List<String> values, int most) {
		int start = this.buffer.position();
		this.buffer.putShort((short) 0);
		int count = 0;
		while (count < Math.min(values.size(), most) && this.buffer.remaining() > RESERVE) {
			put(values.get(count));
			count++;
		}
		this.buffer.putShort(start, (short) count);
		return count;
	}

}
