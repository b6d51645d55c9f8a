package io.github.loopguard.detect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Remembers call paths by the hash of every frame that was walked. Bounded: when it is
 * full it forgets everything, which costs a second walk and nothing else.
 */
final class RepeatCache {

	private static final int LIMIT = 8_192;

	private final Map<Long, CallPath> paths = new ConcurrentHashMap<>();

	@Nullable CallPath get(long key) {
		CallPath path = this.paths.get(key);
		return (path != null && !path.isRetired()) ? path : null;
	}

	void put(long key, CallPath path) {
		if (this.paths.size() >= LIMIT) {
			this.paths.clear();
		}
		this.paths.put(key, path);
	}

}
