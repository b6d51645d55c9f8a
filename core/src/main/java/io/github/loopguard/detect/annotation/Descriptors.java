package io.github.loopguard.detect.annotation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;

/**
 * The descriptors of the annotations, and the search for them in a class file.
 */
final class Descriptors {

	private static final int UTF8 = 1;

	private static final Map<String, String> NAMES = new HashMap<>();

	/** The descriptors by their length. */
	private static final List<byte[]>[] BY_LENGTH = byLength();

	private Descriptors() {
	}

	/**
	 * Returns the binary name of an annotation, or {@code null} if it says nothing about
	 * blocking.
	 */
	static @Nullable String name(String descriptor) {
		return NAMES.get(descriptor);
	}

	/**
	 * Returns whether the constant pool of a class has one of the annotations. Reads
	 * lengths only, unless one is that of a descriptor.
	 */
	static boolean areIn(ClassReader reader) {
		for (int i = 1; i < reader.getItemCount(); i++) {
			int offset = reader.getItem(i);
			if (offset == 0 || reader.readByte(offset - 1) != UTF8) {
				continue;
			}
			int length = reader.readUnsignedShort(offset);
			if (length < BY_LENGTH.length && isOneOf(BY_LENGTH[length], reader, offset + 2)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOneOf(@Nullable List<byte[]> descriptors, ClassReader reader, int offset) {
		if (descriptors == null || reader.readByte(offset) != 'L') {
			return false;
		}
		for (byte[] descriptor : descriptors) {
			int i = descriptor.length - 1;
			while (i >= 0 && reader.readByte(offset + i) == descriptor[i]) {
				i--;
			}
			if (i < 0) {
				return true;
			}
		}
		return false;
	}

	@SuppressWarnings("unchecked")
	private static List<byte[]>[] byLength() {
		Map<Integer, List<byte[]>> found = new HashMap<>();
		for (String name : Catalog.annotations().keySet()) {
			String descriptor = "L" + name.replace('.', '/') + ";";
			NAMES.put(descriptor, name);
			found.computeIfAbsent(descriptor.length(), (length) -> new ArrayList<>())
				.add(descriptor.getBytes(StandardCharsets.US_ASCII));
		}
		List<byte[]>[] all = new List[found.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1];
		found.forEach((length, descriptors) -> all[length] = descriptors);
		return all;
	}

}
