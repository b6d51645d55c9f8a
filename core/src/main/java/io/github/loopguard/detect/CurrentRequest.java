package io.github.loopguard.detect;

import org.jspecify.annotations.Nullable;

/**
 * The request that the current event loop works on. Its source asks code of others, so it
 * may fail: then the request is unknown.
 */
final class CurrentRequest implements RequestSource {

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
			if (this.problem == null) {
				this.problem = "requests are unknown where their source fails (" + ex.getClass().getName() + ")";
			}
			return Request.NONE;
		}
	}

	/**
	 * Returns what failed last, or {@code null} if it has worked since.
	 */
	@Nullable String problem() {
		return this.problem;
	}

}
