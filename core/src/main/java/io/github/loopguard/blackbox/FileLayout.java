package io.github.loopguard.blackbox;

import java.util.zip.CRC32C;

/**
 * Where things are in the file of a black box. All numbers are big-endian; offsets of
 * records are multiples of eight.
 */
final class FileLayout {

	/** "LOOPGBOX". */
	static final long MAGIC = 0x4C4F4F5047424F58L;

	static final int VERSION = 1;

	static final int HEADER_SIZE = 4_096;

	static final int VERSION_AT = 8;

	static final int SIZE_AT = 12;

	static final int SALT_AT = 16;

	static final int LENGTH_AT = 24;

	static final int CHECKSUM_AT = 28;

	/** Where the values of the header begin. */
	static final int HEADER_TEXT = 32;

	/** When the process was last known to live. No checksum covers it. */
	static final int ALIVE_AT = HEADER_SIZE - Long.BYTES;

	/** "LGBR", the begin of a record. */
	static final int MARK = 0x4C474252;

	static final int RECORD_LENGTH = 4;

	static final int RECORD_SEQUENCE = 8;

	static final int RECORD_CHECKSUM = 16;

	/** What is before the values of a record. */
	static final int FRAME_SIZE = 20;

	static final int ALIGNMENT = 8;

	private FileLayout() {
	}

	/**
	 * Returns how much room a record takes.
	 * @param length length of its values
	 */
	static int sizeOf(int length) {
		return (FRAME_SIZE + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	}

	/**
	 * Returns the checksum of the header or of a record.
	 * @param salt the file's random number
	 * @param number size of the file or sequence number of the record
	 */
	static int checksum(long salt, long number, byte[] bytes, int offset, int length) {
		CRC32C checksum = new CRC32C();
		for (int i = 0; i < Long.BYTES; i++) {
			checksum.update((int) (salt >>> 8 * i));
			checksum.update((int) (number >>> 8 * i));
		}
		checksum.update(bytes, offset, length);
		return (int) checksum.getValue();
	}

}
