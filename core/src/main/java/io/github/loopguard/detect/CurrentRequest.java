package io.github.loopguard.detect;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.OccurrenceCounter;

/**
 * The request that the current event loop works on. Its source asks code of others, so it
 * may fail: then the request is unknown.
 */
final class CurrentRequest implements RequestSource {

	/** What holds the loop for less is not told. */
	private static final long NOTICEABLE = TimeUnit.MILLISECONDS.toNanos(1);

	private volatile RequestSource source = () -> Request.NONE;

	private volatile @Nullable String problem;

	/**
	 * Replaces the source.
	 */
	void source(RequestSource source) {
		this.source = source;
	}

	@Override
	public Request current() {
		try {
			Request request = this.source.current();
			if (this.problem != null) {
				this.problem = null;
			}
			return request;
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
			return Request.NONE;
		}
	}

	@Override
	public void ended(OccurrenceCounter call, long nanos) {
		try {
			if (nanos >= NOTICEABLE) {
				this.source.ended(call, nanos);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		if (this.problem == null) {
			this.problem = "requests are unknown where their source fails (" + ex.getClass().getName() + ")";
		}
	}

	/**
	 * Returns what failed last, or {@code null} if it has worked since.
	 */
	@Nullable String problem() {
		return this.problem;
	}

}
