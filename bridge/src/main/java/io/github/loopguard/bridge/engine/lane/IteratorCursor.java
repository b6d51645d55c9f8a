package io.github.loopguard.bridge.engine.lane;

import java.util.Iterator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Stream} or an {@code Iterator} as a cursor.
 */
final class IteratorCursor<T> implements AutoCloseable {

	private final Object source;

	private final Iterator<? extends T> iterator;

	IteratorCursor(Stream<? extends T> stream) {
		this.source = stream;
		this.iterator = stream.iterator();
	}

	IteratorCursor(Iterator<? extends T> iterator) {
		this.source = iterator;
		this.iterator = iterator;
	}

	@Nullable T next() {
		return this.iterator.hasNext() ? this.iterator.next() : null;
	}

	@Override
	public void close() throws Exception {
		if (this.source instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

}
