package io.github.loopguard.bridge;

import java.util.Iterator;

/**
 * An iterator and what is closed with it.
 */
record IteratorCursor<T>(Object source, Iterator<? extends T> iterator) implements AutoCloseable {

	boolean hasNext() {
		return this.iterator.hasNext();
	}

	T next() {
		return this.iterator.next();
	}

	@Override
	public void close() throws Exception {
		if (this.source instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

}
