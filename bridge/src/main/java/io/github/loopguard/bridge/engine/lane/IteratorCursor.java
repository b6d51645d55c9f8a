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

	private long index;

	IteratorCursor(Stream<? extends T> stream) {
		this.source = stream;
		this.iterator = stream.iterator();
	}

	IteratorCursor(Iterator<? extends T> iterator) {
		this.source = iterator;
		this.iterator = iterator;
	}

	/**
	 * Returns the next element, {@code null} at the end.
	 * @throws NullPointerException if the element is {@code null}
	 */
	@Nullable T next() {
		if (!this.iterator.hasNext()) {
			return null;
		}
		T element = this.iterator.next();
		if (element == null) {
			throw new NullPointerException(
					"Element " + this.index + " of the stream is null; map it first, such as to an Optional");
		}
		this.index++;
		return element;
	}

	@Override
	public void close() throws Exception {
		if (this.source instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

}
