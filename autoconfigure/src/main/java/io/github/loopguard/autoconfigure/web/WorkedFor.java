package io.github.loopguard.autoconfigure.web;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.util.context.ContextView;

import io.github.loopguard.detect.RequestSource.Turn;

/**
 * Finds the request that something works for: a channel, a coroutine, a subscriber, a
 * task. Subscribers know it by their context, tasks by the subscriber that they hold.
 */
final class WorkedFor {

	/**
	 * How many tasks may wrap each other.
	 */
	private static final int DEEPEST = 4;

	/**
	 * How many subscribers may follow each other.
	 */
	private static final int LONGEST = 256;

	private WorkedFor() {
	}

	/**
	 * Returns the request.
	 * @param work what a turn is for
	 * @return what is found, or {@code null} if nothing is
	 */
	static @Nullable Found find(Object work) {
		return (work instanceof TrackedRequest request) ? new Found(request) : find(work, 0);
	}

	static @Nullable TrackedRequest request(ContextView context) {
		return context.getOrDefault(TrackedRequest.KEY, null) instanceof TrackedRequest request ? request : null;
	}

	private static @Nullable Found find(Object work, int depth) {
		TrackedRequest ofChannel = TrackedRequest.NETTY ? NettyChannels.request(work) : null;
		if (ofChannel != null) {
			return new Found(ofChannel);
		}
		TrackedRequest ofCoroutine = Coroutines.request(work);
		if (ofCoroutine != null) {
			return new Found(ofCoroutine);
		}
		if (work instanceof CoreSubscriber<?> subscriber && request(subscriber.currentContext()) != null) {
			return ofSubscriber(subscriber);
		}
		CoreSubscriber<?> actual = actual(work);
		if (actual != null) {
			return ofSubscriber(actual);
		}
		return (depth < DEEPEST) ? held(work, depth + 1) : null;
	}

	private static @Nullable Found ofSubscriber(CoreSubscriber<?> subscriber) {
		TrackedRequest request = request(subscriber.currentContext());
		if (request == null) {
			return null;
		}
		return isOnlyFor(request, subscriber, LONGEST) ? new Found(request) : Found.SEVERAL;
	}

	/**
	 * Returns the subscriber whose subscription something is.
	 */
	private static @Nullable CoreSubscriber<?> actual(@Nullable Object work) {
		return (work instanceof Scannable scannable
				&& scannable.scanUnsafe(Attr.ACTUAL) instanceof CoreSubscriber<?> subscriber) ? subscriber : null;
	}

	/**
	 * Returns whether the signals of a subscriber reach no other request. Where several
	 * have subscribed to a source, Reactor gives it the context of the first.
	 */
	private static boolean isOnlyFor(TrackedRequest request, @Nullable Object subscriber, int longest) {
		Object current = subscriber;
		for (int i = 0; i < longest; i++) {
			if (current == request || !(current instanceof Scannable scannable)) {
				return true;
			}
			CoreSubscriber<?> actual = actual(scannable);
			if (actual == null && Turn.isShared(current)) {
				return areOnlyFor(request, current, longest - i - 1);
			}
			current = actual;
		}
		return false;
	}

	private static boolean areOnlyFor(TrackedRequest request, Object shared, int longest) {
		for (Field field : fields(shared.getClass())) {
			if (field.getName().equals("subscribers") && value(field, shared) instanceof Object[] subscribers) {
				for (Object it : subscribers) {
					CoreSubscriber<?> subscriber = actual(it);
					if (subscriber == null || request(subscriber.currentContext()) != request
							|| !isOnlyFor(request, subscriber, longest)) {
						return false;
					}
				}
				return true;
			}
		}
		return false;
	}

	private static @Nullable Found held(Object work, int depth) {
		Found found = null;
		for (Field field : fields(work.getClass())) {
			Object value = Modifier.isStatic(field.getModifiers()) ? null : value(field, work);
			if (found == null && (value instanceof Runnable || value instanceof Callable<?>
					|| value instanceof Subscriber<?> || value instanceof Scannable)) {
				found = find(value, depth);
			}
			else if (value instanceof CoreSubscriber<?> subscriber && ofSubscriber(subscriber) == Found.SEVERAL) {
				return Found.SEVERAL;
			}
		}
		return found;
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

	/**
	 * What something works for.
	 *
	 * @param request the request, or {@code null} if there may be several
	 */
	record Found(@Nullable TrackedRequest request) {

		static final Found SEVERAL = new Found(null);

	}

}
