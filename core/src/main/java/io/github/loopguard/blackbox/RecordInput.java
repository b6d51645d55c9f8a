package io.github.loopguard.blackbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a record, of which none may be longer than what is there. Throws a
 * {@link RuntimeException} if they are not what they should be.
 */
final class RecordInput {

	private final ByteBuffer buffer;

	RecordInput(ByteBuffer buffer) {
		this.buffer = buffer;
	}

	byte kind() {
		return this.buffer.get();
	}

	boolean flag() {
		return this.buffer.get() != 0;
	}

	int integer() {
		return this.buffer.getInt();
	}

	long number() {
		return this.buffer.getLong();
	}

	Instant instant() {
		return Instant.ofEpochMilli(this.buffer.getLong());
	}

	Duration duration() {
		long nanos = this.buffer.getLong();
		if (nanos < 0) {
			throw new IllegalArgumentException("negative");
		}
		return Duration.ofNanos(nanos);
	}

	String text() {
		String text = optionalText();
		if (text == null) {
			throw new IllegalArgumentException("missing");
		}
		return text;
	}

	@Nullable String optionalText() {
		int length = Short.toUnsignedInt(this.buffer.getShort());
		if (length == RecordOutput.NO_TEXT) {
			return null;
		}
		if (length > this.buffer.remaining()) {
			throw new IllegalArgumentException("longer than the record");
		}
		byte[] encoded = new byte[length];
		this.buffer.get(encoded);
		return new String(encoded, StandardCharsets.UTF_8);
	}

	List<String> texts() {
		int count = Short.toUnsignedInt(this.buffer.getShort());
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			texts.add(text());
		}
		return texts;
	}

}
