package io.github.loopguard.bridge.engine;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of each key one after another, in the order of their submission. A key
 * is kept only while it has tasks.
 */
final class KeyedOrder {

	private final ConcurrentHashMap<Object, KeyQueue> queues = new ConcurrentHashMap<>();

	/**
	 * Queues the task.
	 * @return whether it is the first of its key
	 */
	boolean enter(LaneTask<?> task) {
		boolean[] first = new boolean[1];
		this.queues.compute(key(task), (key, now) -> {
			if (now == null) {
				first[0] = true;
				return new KeyQueue(task);
			}
			now.waiting.add(task);
			return now;
		});
		return first[0];
	}

	/**
	 * Enters the task if its key has no other task.
	 */
	boolean enterIfFree(LaneTask<?> task) {
		return this.queues.putIfAbsent(key(task), new KeyQueue(task)) == null;
	}

	/**
	 * Removes the task, running or queued.
	 * @return the next task if the removed one was running
	 */
	@Nullable LaneTask<?> leave(LaneTask<?> task) {
		Object key = key(task);
		@Nullable LaneTask<?>[] next = new LaneTask<?>[1];
		this.queues.computeIfPresent(key, (same, now) -> {
			if (now.running != task) {
				now.waiting.remove(task);
				return now;
			}
			LaneTask<?> following = now.waiting.poll();
			if (following == null) {
				return null;
			}
			now.running = following;
			next[0] = following;
			return now;
		});
		return next[0];
	}

	private static Object key(LaneTask<?> task) {
		return Objects.requireNonNull(task.key);
	}

	private static final class KeyQueue {

		private LaneTask<?> running;

		private final Queue<LaneTask<?>> waiting = new ArrayDeque<>();

		private KeyQueue(LaneTask<?> running) {
			this.running = running;
		}

	}

}
