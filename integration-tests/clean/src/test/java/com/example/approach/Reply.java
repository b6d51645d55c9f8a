package com.example.approach;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;

/**
 * What Redis answers. Knows the protocol, and does no I/O.
 *
 * @param value the value, or {@code null} if there is none
 * @param error what went wrong, or {@code null} if nothing did
 */
public record Reply(String value, String error) {

	/**
	 * Takes one reply from what has arrived.
	 * @param in what has arrived
	 * @return the reply, or {@code null} if not all of it is there yet
	 */
	static Reply parse(ByteBuf in) {
		int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
		if (end < 0) {
			return null;
		}
		String head = in.toString(in.readerIndex(), end - 1 - in.readerIndex(), StandardCharsets.UTF_8);
		if (head.startsWith("-")) {
			in.readerIndex(end + 1);
			return new Reply(null, head.substring(1));
		}
		int length = head.startsWith("$") ? Integer.parseInt(head.substring(1)) : -1;
		if (length < 0) {
			in.readerIndex(end + 1);
			return new Reply(head.startsWith("$") ? null : head.substring(1), null);
		}
		if (in.writerIndex() < end + 1 + length + 2) {
			return null;
		}
		Reply reply = new Reply(in.toString(end + 1, length, StandardCharsets.UTF_8), null);
		in.readerIndex(end + 1 + length + 2);
		return reply;
	}

	/**
	 * Rejects what would end a request early.
	 */
	static String requireWord(String key) {
		if (key.isEmpty() || key.chars().anyMatch((character) -> character <= ' ')) {
			throw new IllegalArgumentException("Not a word: '" + key + "'");
		}
		return key;
	}

}
