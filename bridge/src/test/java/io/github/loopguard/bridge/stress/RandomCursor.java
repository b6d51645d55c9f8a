package io.github.loopguard.bridge.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Random;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A cursor with a random number of elements that is slow or fails now and then.
 */
final class RandomCursor implements Iterator<Integer>, AutoCloseable {

	private static final int NEVER = Integer.MAX_VALUE;

	private final CheckedResource resource;

	private final Runnable inner;

	private final int size;

	private final int failsAt;

	private final int slowAt;

	private int index;

	private RandomCursor(Operation operation, Random random, Runnable inner) {
		this.inner = inner;
		this.size = random.nextInt(4) == 0 ? random.nextInt(600) : random.nextInt(8);
		this.failsAt = (random.nextInt(6) == 0) ? random.nextInt(8) : NEVER;
		this.slowAt = (random.nextInt(3) == 0) ? random.nextInt(8) : NEVER;
		this.resource = CheckedResource.open(operation, random.nextInt(10) == 0);
	}

	/**
	 * Opens a cursor, or fails.
	 * @param inner what reading the first element does, too
	 */
	static RandomCursor open(Operation operation, Random random, Runnable inner) throws Exception {
		operation.lane.enter(operation);
		try {
			operation.started();
			if (random.nextInt(8) == 0) {
				throw new IOException("expected on open");
			}
			return new RandomCursor(operation, random, inner);
		}
		finally {
			operation.lane.leave();
		}
	}

	Stream<Integer> stream() {
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
			.onClose(() -> {
				try {
					close();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
	}

	boolean advance() throws Exception {
		return this.resource.use(() -> {
			if (this.index == this.failsAt) {
				throw new IOException("expected while reading");
			}
			if (this.index == this.slowAt) {
				BlockingWork.block(1_000);
			}
			if (this.index == 0) {
				this.inner.run();
			}
			return this.index < this.size;
		});
	}

	Integer read() throws Exception {
		return this.resource.use(() -> this.index++);
	}

	@Override
	public boolean hasNext() {
		try {
			return advance();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Integer next() {
		try {
			return read();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.resource.close();
	}

}
