package io.github.loopguard.autoconfigure.web;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.util.context.ContextView;

/**
 * Finds the request that something works for: a channel, a coroutine, a subscriber, a
 * task. Subscribers know it by their context, tasks by the subscriber that they hold.
 */
final class WorkedFor {

	/**
	 * How many tasks may wrap each other.
	 */
	private static final int DEEPEST = 4;

	private WorkedFor() {
	}

	/**
	 * Returns the request.
	 * @param work what a turn is for
	 * @return the request, or {@code null} if it cannot be told for sure
	 */
	static @Nullable TrackedRequest request(Object work) {
		return (work instanceof TrackedRequest request) ? request : request(work, 0);
	}

	static @Nullable TrackedRequest request(ContextView context) {
		return context.getOrDefault(TrackedRequest.KEY, null) instanceof TrackedRequest request ? request : null;
	}

	private static @Nullable TrackedRequest request(Object work, int depth) {
		TrackedRequest ofChannel = TrackedRequest.NETTY ? NettyChannels.request(work) : null;
		if (ofChannel != null) {
			return ofChannel;
		}
		TrackedRequest ofCoroutine = Coroutines.request(work);
		if (ofCoroutine != null) {
			return ofCoroutine;
		}
		if (work instanceof CoreSubscriber<?> subscriber) {
			TrackedRequest request = request(subscriber.currentContext());
			if (request != null) {
				return request;
			}
		}
		if (work instanceof Scannable scannable
				&& scannable.scanUnsafe(Scannable.Attr.ACTUAL) instanceof CoreSubscriber<?> subscriber) {
			return request(subscriber.currentContext());
		}
		return (depth < DEEPEST) ? held(work, depth + 1) : null;
	}

	private static @Nullable TrackedRequest held(Object work, int depth) {
		for (Field field : fields(work.getClass())) {
			Object value = Modifier.isStatic(field.getModifiers()) ? null : value(field, work);
			if (value instanceof Runnable || value instanceof Callable<?> || value instanceof Subscriber<?>
					|| value instanceof Scannable) {
				TrackedRequest request = request(value, depth);
				if (request != null) {
					return request;
				}
			}
		}
		return null;
	}

	private static Field[] fields(Class<?> type) {
		try {
			return type.getDeclaredFields();
		}
		catch (LinkageError ex) {
			// The class of a field is missing.
			return new Field[0];
		}
	}

	private static @Nullable Object value(Field field, Object work) {
		try {
			return !field.getType().isPrimitive() && field.trySetAccessible() ? field.get(work) : null;
		}
		catch (IllegalAccessException | RuntimeException ex) {
			return null;
		}
	}

}
