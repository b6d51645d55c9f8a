package io.github.loopguard.bridge.engine.lane;

import java.util.Iterator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.bridge.BlockingFunction;

/**
 * Reads the elements of a cursor, one after another.
 */
final class CursorReader<C, T> implements AutoCloseable {

	private final C cursor;

	private final BlockingFunction<? super C, Boolean> advance;

	private final BlockingFunction<? super C, ? extends T> read;

	private long index;

	CursorReader(C cursor, BlockingFunction<? super C, Boolean> advance,
			BlockingFunction<? super C, ? extends T> read) {
		this.cursor = cursor;
		this.advance = advance;
		this.read = read;
	}

	static <T> CursorReader<Object, T> of(Stream<? extends T> stream) {
		return of(stream, stream.iterator());
	}

	static <T> CursorReader<Object, T> of(Iterator<? extends T> iterator) {
		return of(iterator, iterator);
	}

	private static <T> CursorReader<Object, T> of(Object source, Iterator<? extends T> iterator) {
		return new CursorReader<>(source, (same) -> iterator.hasNext(), (same) -> iterator.next());
	}

	/**
	 * Returns the next element, {@code null} at the end.
	 * @throws NullPointerException if the element is {@code null}
	 */
	@Nullable T next() throws Exception {
		if (!Boolean.TRUE.equals(this.advance.apply(this.cursor))) {
			return null;
		}
		T element = this.read.apply(this.cursor);
		if (element == null) {
			throw new NullPointerException(
					"Element " + this.index + " of the stream is null; map it first, such as to an Optional");
		}
		this.index++;
		return element;
	}

	@Override
	public void close() throws Exception {
		if (this.cursor instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

}
