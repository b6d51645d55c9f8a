package io.github.loopguard.bridge.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a view of a lane adds to its calls.
 *
 * @param key calls of an equal key run one at a time, {@code null} for no order
 * @param name name of the calls in meters and traces
 * @param timeout longest time from the subscription to the end
 */
public record CallOptions(@Nullable Object key, @Nullable String name, @Nullable Duration timeout) {

	/**
	 * No options.
	 */
	public static final CallOptions NONE = new CallOptions(null, null, null);

	public CallOptions withKey(Object key) {
		return new CallOptions(key, this.name, this.timeout);
	}

	public CallOptions withName(String name) {
		return new CallOptions(this.key, name, this.timeout);
	}

	public CallOptions withTimeout(Duration timeout) {
		return new CallOptions(this.key, this.name, timeout);
	}

}
