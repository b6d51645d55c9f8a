package io.github.loopguard.bridge.tck;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.Lane;

/**
 * The operations of a lane as publishers for the TCK.
 */
enum LaneOperation {

	CALL {

		@Override
		Publisher<Integer> elements(Lane lane, long count) {
			return lane.call(() -> (count == 0) ? null : 0);
		}

		@Override
		Publisher<Integer> failure(Lane lane, IOException error) {
			return lane.call(() -> {
				throw error;
			});
		}

		@Override
		long maxElements() {
			return 1;
		}

	},

	STREAM {

		@Override
		Publisher<Integer> elements(Lane lane, long count) {
			return lane.stream(() -> numbers().limit(count));
		}

		@Override
		Publisher<Integer> failure(Lane lane, IOException error) {
			return lane.stream(() -> {
				throw error;
			});
		}

	},

	ITERATE {

		@Override
		Publisher<Integer> elements(Lane lane, long count) {
			return lane.iterate(() -> numbers().limit(count).iterator());
		}

		@Override
		Publisher<Integer> failure(Lane lane, IOException error) {
			return lane.iterate(() -> {
				throw error;
			});
		}

	},

	CURSOR {

		@Override
		Publisher<Integer> elements(Lane lane, long count) {
			return lane.stream(Cursor::new, (cursor) -> ++cursor.row <= count, (cursor) -> (int) cursor.row);
		}

		@Override
		Publisher<Integer> failure(Lane lane, IOException error) {
			return lane.stream(Cursor::new, (cursor) -> {
				throw error;
			}, (cursor) -> (int) cursor.row);
		}

	},

	DEFER {

		@Override
		Publisher<Integer> elements(Lane lane, long count) {
			return lane.defer(() -> generated(count));
		}

		@Override
		Publisher<Integer> failure(Lane lane, IOException error) {
			return lane.defer(() -> {
				throw error;
			});
		}

	},

	/**
	 * A source that emits on another thread than the lane's.
	 */
	DEFER_ASYNC {

		@Override
		Publisher<Integer> elements(Lane lane, long count) {
			return lane.defer(() -> generated(count).publishOn(Schedulers.parallel()));
		}

		@Override
		Publisher<Integer> failure(Lane lane, IOException error) {
			return lane.defer(() -> Flux.<Integer>error(error).publishOn(Schedulers.parallel()));
		}

	},

	SESSION {

		@Override
		Publisher<Integer> elements(Lane lane, long count) {
			return lane.session(AtomicInteger::new,
					(session) -> generated(count).concatMap((i) -> session.call(AtomicInteger::getAndIncrement), 1));
		}

		@Override
		Publisher<Integer> failure(Lane lane, IOException error) {
			return lane.session(AtomicInteger::new, (session) -> session.call((counter) -> {
				throw error;
			}));
		}

	};

	/**
	 * Returns a publisher that emits as many elements.
	 */
	abstract Publisher<Integer> elements(Lane lane, long count);

	/**
	 * Returns a publisher that fails before its first element.
	 */
	abstract Publisher<Integer> failure(Lane lane, IOException error);

	/**
	 * Returns how many elements the operation can emit.
	 */
	long maxElements() {
		return Long.MAX_VALUE - 1;
	}

	private static Stream<Integer> numbers() {
		return Stream.iterate(0, (i) -> i + 1);
	}

	private static Flux<Integer> generated(long count) {
		return Flux.generate(() -> 0, (Integer i, SynchronousSink<Integer> sink) -> {
			sink.next(i);
			return i + 1;
		}).take(count);
	}

	private static final class Cursor implements AutoCloseable {

		private long row;

		@Override
		public void close() {
			// Nothing to release.
		}

	}

}
