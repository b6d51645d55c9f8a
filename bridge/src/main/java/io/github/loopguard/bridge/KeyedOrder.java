package io.github.loopguard.bridge;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Lets the tasks of one key run one after another, in the order of their submission. A
 * key is known only while it has tasks.
 */
final class KeyedOrder {

	private final ConcurrentHashMap<Object, Turn> turns = new ConcurrentHashMap<>();

	/**
	 * Lines the task up.
	 * @return whether it is its turn at once
	 */
	boolean enter(LaneTask<?> task) {
		boolean[] first = new boolean[1];
		this.turns.compute(key(task), (key, now) -> {
			if (now == null) {
				first[0] = true;
				return new Turn(task);
			}
			now.waiting.add(task);
			return now;
		});
		return first[0];
	}

	/**
	 * Gives the task its turn if no other of its key waits or runs.
	 */
	boolean enterIfFree(LaneTask<?> task) {
		return this.turns.putIfAbsent(key(task), new Turn(task)) == null;
	}

	/**
	 * Ends the task's turn, or its wait for one.
	 * @return the task whose turn comes, if the one that leaves had it
	 */
	@Nullable LaneTask<?> leave(LaneTask<?> task) {
		Object key = key(task);
		@Nullable LaneTask<?>[] next = new LaneTask<?>[1];
		this.turns.computeIfPresent(key, (same, now) -> {
			if (now.holder != task) {
				now.waiting.remove(task);
				return now;
			}
			LaneTask<?> following = now.waiting.poll();
			if (following == null) {
				return null;
			}
			now.holder = following;
			next[0] = following;
			return now;
		});
		return next[0];
	}

	private static Object key(LaneTask<?> task) {
		return Objects.requireNonNull(task.key);
	}

	private static final class Turn {

		private LaneTask<?> holder;

		private final Queue<LaneTask<?>> waiting = new ArrayDeque<>();

		private Turn(LaneTask<?> holder) {
			this.holder = holder;
		}

	}

}
