package io.github.loopguard.detect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Call paths by the hash of every frame that was walked. Bounded: a full cache is
 * emptied, which costs a second walk of each path and nothing else.
 */
final class PathCache {

	private static final int LIMIT = 8_192;

	private final Map<Long, CallPath> paths = new ConcurrentHashMap<>();

	@Nullable CallPath get(long key) {
		CallPath path = this.paths.get(key);
		return (path != null && !path.counter().isOutdated()) ? path : null;
	}

	void put(long key, CallPath path) {
		if (this.paths.size() >= LIMIT) {
			this.paths.clear();
		}
		this.paths.put(key, path);
	}

}
