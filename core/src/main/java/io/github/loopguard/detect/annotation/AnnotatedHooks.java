package io.github.loopguard.detect.annotation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.loopguard.catalog.Hook;

/**
 * The hooks of annotated methods, which are numbered after those of the catalog as their
 * classes are defined. Limited; those beyond the limit are only counted.
 */
public final class AnnotatedHooks {

	private static final int LIMIT = 4_096;

	private static final int MOST_MISSING = 100;

	private final int first;

	private final int limit;

	private final Map<Hook, Integer> ids = new HashMap<>();

	private final Map<String, String> missing = new LinkedHashMap<>();

	private volatile Hook[] hooks = {};

	private int dropped;

	/**
	 * Creates hooks.
	 * @param first number of the first one
	 */
	public AnnotatedHooks(int first) {
		this(first, LIMIT);
	}

	AnnotatedHooks(int first, int limit) {
		this.first = first;
		this.limit = limit;
	}

	/**
	 * Returns whether a number is that of an annotated method.
	 * @param id number of a hook
	 * @return whether it is one of these
	 */
	public boolean contain(int id) {
		return id >= this.first;
	}

	/**
	 * Returns a hook by its number.
	 * @param id number of the hook
	 * @return the hook
	 */
	public Hook get(int id) {
		return this.hooks[id - this.first];
	}

	/**
	 * Returns the hooks that were woven.
	 * @return the hooks in the order of their numbers
	 */
	public synchronized List<Hook> all() {
		return Stream.of(this.hooks).limit(this.ids.size()).toList();
	}

	/**
	 * Returns the annotated methods without a hook.
	 * @return reason by method; not more than a hundred
	 */
	public synchronized Map<String, String> missing() {
		return new LinkedHashMap<>(this.missing);
	}

	/**
	 * Returns how many annotated methods are beyond the limit.
	 * @return their number
	 */
	public synchronized int dropped() {
		return this.dropped;
	}

	/**
	 * Returns the number of a hook, or -1 if it is beyond the limit.
	 */
	synchronized int id(Hook hook) {
		Integer known = this.ids.get(hook);
		if (known != null) {
			return known;
		}
		int index = this.ids.size();
		if (index >= this.limit) {
			this.dropped++;
			miss(hook, "more than " + this.limit + " annotated methods");
			return -1;
		}
		Hook[] all = (index < this.hooks.length) ? this.hooks : Arrays.copyOf(this.hooks, 2 * index + 16);
		all[index] = hook;
		this.hooks = all;
		this.ids.put(hook, this.first + index);
		return this.first + index;
	}

	synchronized void miss(Hook hook, String reason) {
		if (this.missing.size() < MOST_MISSING) {
			this.missing.put(hook.toString(), reason);
		}
	}

}
