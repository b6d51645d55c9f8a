package io.github.loopguard.detect.thread;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * How long the current thread has waited for a CPU, where Linux tells it. Tells a machine
 * that is busy from one that stands still. Confined to the thread that uses it first.
 */
public final class RunDelay {

	private final byte[] text = new byte[96];

	private @Nullable RandomAccessFile file;

	private boolean unknown;

	/**
	 * Returns how long the thread has waited since it started, in nanoseconds, or -1 if
	 * it is not known.
	 * @return the time
	 */
	public long nanos() {
		if (this.unknown) {
			return -1;
		}
		try {
			RandomAccessFile file = this.file;
			if (file == null) {
				file = new RandomAccessFile("/proc/thread-self/schedstat", "r");
				this.file = file;
			}
			file.seek(0);
			int length = file.read(this.text);
			return secondNumber(length);
		}
		catch (IOException | RuntimeException ex) {
			this.unknown = true;
			return -1;
		}
	}

	private long secondNumber(int length) {
		int start = 0;
		while (this.text[start] != ' ') {
			start++;
		}
		int end = start + 1;
		while (end < length && this.text[end] != ' ') {
			end++;
		}
		return Long.parseLong(new String(this.text, start + 1, end - start - 1, StandardCharsets.US_ASCII));
	}

}
