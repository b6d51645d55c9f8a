package io.github.loopguard.bridge.engine;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of each key one after another, in the order of their submission. A key
 * is kept only while it has tasks.
 */
final class KeyedOrder {

	private static final Logger logger = LoggerFactory.getLogger(KeyedOrder.class);

	/**
	 * The tasks of each key, the one whose turn it is first; used only with the key's
	 * lock, which this map holds.
	 */
	private final ConcurrentHashMap<Object, Set<LaneTask<?>>> queues = new ConcurrentHashMap<>();

	private final Queue<LaneTask<?>> next = new ConcurrentLinkedQueue<>();

	private final AtomicInteger starting = new AtomicInteger();

	private final Consumer<LaneTask<?>> start;

	/**
	 * Creates an order.
	 * @param start starts a task whose turn it is
	 */
	KeyedOrder(Consumer<LaneTask<?>> start) {
		this.start = start;
	}

	/**
	 * Queues the task.
	 * @return whether it is the first of its key
	 */
	boolean enter(LaneTask<?> task) {
		boolean[] first = new boolean[1];
		this.queues.compute(key(task), (key, now) -> {
			first[0] = (now == null);
			Set<LaneTask<?>> queue = (now != null) ? now : new LinkedHashSet<>();
			queue.add(task);
			return queue;
		});
		return first[0];
	}

	/**
	 * Enters the task if its key has no other task.
	 */
	boolean enterIfFree(LaneTask<?> task) {
		return this.queues.putIfAbsent(key(task), new LinkedHashSet<>(Set.of(task))) == null;
	}

	/**
	 * Returns the task of a key whose turn it is.
	 */
	@Nullable LaneTask<?> first(Object key) {
		LaneTask<?>[] first = new LaneTask<?>[1];
		this.queues.computeIfPresent(key, (same, queue) -> {
			first[0] = queue.iterator().next();
			return queue;
		});
		return first[0];
	}

	/**
	 * Removes the task, running or queued, and starts the next one if it was running. A
	 * start may drop its task and so lead here again; one thread at a time starts, so
	 * that this does not recurse.
	 */
	void leave(LaneTask<?> task) {
		this.queues.computeIfPresent(key(task), (same, queue) -> {
			boolean first = queue.iterator().next() == task;
			queue.remove(task);
			if (queue.isEmpty()) {
				return null;
			}
			if (first) {
				this.next.add(queue.iterator().next());
			}
			return queue;
		});
		if (!this.next.isEmpty()) {
			startNext();
		}
	}

	private void startNext() {
		if (this.starting.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		while (missed != 0) {
			for (LaneTask<?> task = this.next.poll(); task != null; task = this.next.poll()) {
				start(task);
			}
			missed = this.starting.addAndGet(-missed);
		}
	}

	private void start(LaneTask<?> task) {
		try {
			this.start.accept(task);
		}
		catch (Throwable ex) {
			SafeLog.error(logger, "A subscriber threw on learning that its call was rejected", null, ex);
		}
	}

	private static Object key(LaneTask<?> task) {
		return Objects.requireNonNull(task.key);
	}

}
