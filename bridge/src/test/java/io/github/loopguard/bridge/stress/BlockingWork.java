package io.github.loopguard.bridge.stress;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Blocking code of a random kind, which runs once.
 */
final class BlockingWork implements Callable<Integer> {

	private final Operation operation;

	private final Kind kind;

	private final long micros;

	private final Runnable inner;

	private final boolean inLane;

	private BlockingWork(Operation operation, Kind kind, long micros, Runnable inner, boolean inLane) {
		this.operation = operation;
		this.kind = kind;
		this.micros = micros;
		this.inner = inner;
		this.inLane = inLane;
	}

	static BlockingWork random(Operation operation, Random random) {
		return random(operation, random, () -> {
		});
	}

	/**
	 * Returns work that does something else first.
	 */
	static BlockingWork random(Operation operation, Random random, Runnable inner) {
		Kind kind = Kind.VALUES[random.nextInt(Kind.VALUES.length)];
		return new BlockingWork(operation, kind, random.nextInt(kind.maxMicros), inner, true);
	}

	/**
	 * Returns this work for any thread that may block.
	 */
	BlockingWork anywhere() {
		return new BlockingWork(this.operation, this.kind, this.micros, this.inner, false);
	}

	@Override
	public Integer call() throws Exception {
		if (this.inLane) {
			this.operation.lane.enter(this.operation);
		}
		try {
			this.operation.started();
			this.inner.run();
			return this.kind.run(this.micros);
		}
		finally {
			if (this.inLane) {
				this.operation.lane.leave();
			}
		}
	}

	/**
	 * Blocks for a time, or until the thread is interrupted.
	 */
	static void block(long micros) throws InterruptedException {
		new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS);
	}

	private enum Kind {

		QUICK(1) {
			@Override
			Integer run(long micros) {
				return 1;
			}
		},

		WITHOUT_RESULT(1) {
			@Override
			Integer run(long micros) {
				return null;
			}
		},

		FAILING(200) {
			@Override
			Integer run(long micros) throws Exception {
				block(micros);
				throw new IOException("expected");
			}
		},

		SLOW(2_000) {
			@Override
			Integer run(long micros) throws Exception {
				block(micros);
				return 2;
			}
		},

		LONG(40_000) {
			@Override
			Integer run(long micros) throws Exception {
				block(micros);
				return 3;
			}
		},

		/**
		 * Goes on when it is interrupted.
		 */
		DEAF(5_000) {
			@Override
			Integer run(long micros) {
				try {
					block(micros);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				return 4;
			}
		};

		static final Kind[] VALUES = values();

		final int maxMicros;

		Kind(int maxMicros) {
			this.maxMicros = maxMicros;
		}

		abstract Integer run(long micros) throws Exception;

	}

}
