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
			return this.source.current();
		}
		catch (RuntimeException | LinkageError ex) {
			if (this.problem == null) {
				this.problem = "requests are unknown where their source fails (" + ex + ")";
			}
			return Request.NONE;
		}
	}

	/**
	 * Returns the first failure, or {@code null} if there was none.
	 */
	@Nullable String problem() {
		return this.problem;
	}

}
