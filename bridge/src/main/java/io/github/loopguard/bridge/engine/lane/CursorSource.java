package io.github.loopguard.bridge.engine.lane;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

import io.github.loopguard.bridge.BlockingFunction;
import io.github.loopguard.bridge.BridgeException;
import io.github.loopguard.bridge.engine.LaneEngine;
import io.github.loopguard.bridge.engine.OpenPermit;
import io.github.loopguard.bridge.engine.TimeLimit;

/**
 * Reads a blocking cursor. A step reads the next elements and emits each at once: as many
 * as are requested, at most 256, and for at most 5 ms, so that a fast source leaves the
 * thread to others.
 */
final class CursorSource<C, T> extends SteppedSource<T> {

	private static final int MAX_ELEMENTS = 256;

	private static final long MAX_NANOS = Duration.ofMillis(5).toNanos();

	private final Callable<? extends C> open;

	private final BlockingFunction<? super C, Boolean> advance;

	private final BlockingFunction<? super C, ? extends T> read;

	private final OpenPermit permit;

	private final AtomicBoolean released = new AtomicBoolean();

	private volatile @Nullable C cursor;

	private long index;

	CursorSource(LaneEngine engine, @Nullable Object key, Callable<? extends C> open,
			BlockingFunction<? super C, Boolean> advance, BlockingFunction<? super C, ? extends T> read,
			CoreSubscriber<? super T> actual, @Nullable TimeLimit limit) {
		super(engine, key, actual, limit);
		this.open = open;
		this.advance = advance;
		this.read = read;
		this.permit = new OpenPermit(engine);
	}

	@Override
	@Nullable BridgeException admit() {
		return this.permit.acquire();
	}

	@Override
	boolean hasDemand() {
		return this.demand.get() > 0;
	}

	@Override
	boolean step() throws Exception {
		C cursor = this.cursor;
		if (cursor == null) {
			cursor = this.open.call();
			this.cursor = cursor;
		}
		long end = System.nanoTime() + MAX_NANOS;
		for (int i = 0; i < MAX_ELEMENTS && hasDemand(); i++) {
			if (!Boolean.TRUE.equals(this.advance.apply(cursor))) {
				return true;
			}
			T element = this.read.apply(cursor);
			if (element == null) {
				throw new NullPointerException(
						"Element " + this.index + " of the stream is null; map it first, such as to an Optional");
			}
			this.index++;
			this.demand.getAndUpdate((now) -> (now == Long.MAX_VALUE) ? now : now - 1);
			if (!emit(element) || System.nanoTime() - end >= 0) {
				break;
			}
		}
		return false;
	}

	@Override
	boolean holds() {
		return this.cursor != null && !this.released.get();
	}

	@Override
	void release() {
		if (this.released.compareAndSet(false, true)) {
			try {
				this.permit.close(this.cursor);
			}
			finally {
				this.permit.release();
			}
		}
	}

}
