package io.github.loopguard.detect.thread;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.internal.InternalThreadLocalMap;
import io.netty.util.internal.ThreadExecutorMap;
import io.netty.util.internal.shaded.org.jctools.queues.QueueProgressIndicators;
import org.jspecify.annotations.Nullable;

/**
 * Looks at Netty's executors from outside. What a version of Netty keeps to itself is not
 * known. Loaded only with Netty.
 */
final class OutsideExecutors {

	private static final @Nullable Field MAP = field(FastThreadLocalThread.class, "threadLocalMap");

	private static final int INDEX = index();

	private static final @Nullable Field QUEUE = field(SingleThreadEventExecutor.class, "taskQueue");

	private static final @Nullable Field TAIL = field(SingleThreadEventLoop.class, "tailTasks");

	/** When an event loop wakes that does not wait. */
	static final long AWAKE = -1;

	private static final @Nullable MethodHandle LAST_ACTIVITY = getter("lastActivityTimeNanos");

	private OutsideExecutors() {
	}

	/**
	 * Returns the executor that a thread runs, or {@code null} if it is not known.
	 */
	static @Nullable Object of(Thread thread) {
		try {
			if (MAP == null || INDEX < 0 || !(thread instanceof FastThreadLocalThread)) {
				return null;
			}
			InternalThreadLocalMap map = (InternalThreadLocalMap) MAP.get(thread);
			Object executor = (map != null) ? map.indexedVariable(INDEX) : null;
			return (executor instanceof EventExecutor) ? executor : null;
		}
		catch (IllegalAccessException | RuntimeException ex) {
			return null;
		}
	}

	static ThreadRole role(@Nullable Object executor) {
		if (executor == null) {
			return ThreadRole.UNKNOWN;
		}
		return (executor instanceof EventLoop || executor instanceof GlobalEventExecutor) ? ThreadRole.EVENT_LOOP
				: ThreadRole.MAY_BLOCK;
	}

	static @Nullable Integer pending(Object executor) {
		try {
			return (executor instanceof SingleThreadEventExecutor single)
					? Integer.valueOf(Math.max(0, single.pendingTasks() - PassMarker.queuedIn(executor))) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Returns the queue of an executor if it tells how many tasks were taken from it,
	 * otherwise {@code null}. Each of Netty's own does.
	 */
	static @Nullable QueueProgressIndicators queue(Object executor) {
		return (executor instanceof SingleThreadEventExecutor) ? queue(QUEUE, executor) : null;
	}

	/**
	 * Returns the queue of what an executor runs at the end of each iteration, or
	 * {@code null} as for the other.
	 */
	static @Nullable QueueProgressIndicators tail(Object executor) {
		return (executor instanceof SingleThreadEventLoop) ? queue(TAIL, executor) : null;
	}

	private static @Nullable QueueProgressIndicators queue(@Nullable Field field, Object executor) {
		try {
			return (field != null && field.get(executor) instanceof QueueProgressIndicators queue) ? queue : null;
		}
		catch (IllegalAccessException | RuntimeException | LinkageError ex) {
			return null;
		}
	}

	/**
	 * Returns what tells when an event loop wakes by itself, or {@code null} if nothing
	 * does. Those that wait by epoll have it, and set it to {@link #AWAKE} before they do
	 * anything else.
	 */
	static @Nullable AtomicLong wakeup(Object executor) {
		try {
			Object handler = value(executor, "ioHandler");
			return (value((handler != null) ? handler : executor, "nextWakeupNanos") instanceof AtomicLong wakeup)
					? wakeup : null;
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

	/**
	 * Returns the connections that an event loop has to read from, or {@code null} if it
	 * does not show them. Those that wait by the JDK's selector have them where Netty may
	 * use Unsafe (up to JDK 23), and have none while they wait.
	 */
	static @Nullable SelectedKeys selected(Object executor) {
		try {
			Object handler = value(executor, "ioHandler");
			Object owner = (handler != null) ? handler : executor;
			Field field = find(owner, "selectedKeys");
			return (field != null && field.get(owner) instanceof Collection)
					? new SelectedKeys(new WeakReference<>(owner), field) : null;
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

	private static @Nullable Object value(Object object, String name) throws IllegalAccessException {
		Field field = find(object, name);
		return (field != null) ? field.get(object) : null;
	}

	private static @Nullable Field find(Object object, String name) {
		for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
			Field field = field(type, name);
			if (field != null) {
				return field;
			}
		}
		return null;
	}

	static long lastActivity(Object executor) {
		if (LAST_ACTIVITY == null || !(executor instanceof SingleThreadEventExecutor single)) {
			return 0;
		}
		try {
			return (long) LAST_ACTIVITY.invokeExact(single);
		}
		catch (Throwable ex) {
			return 0;
		}
	}

	private static int index() {
		Field mappings = field(ThreadExecutorMap.class, "mappings");
		Field index = field(FastThreadLocal.class, "index");
		try {
			return (mappings != null && index != null) ? index.getInt(mappings.get(null)) : -1;
		}
		catch (IllegalAccessException | RuntimeException ex) {
			return -1;
		}
	}

	private static @Nullable MethodHandle getter(String name) {
		Field field = field(SingleThreadEventExecutor.class, name);
		try {
			return (field != null) ? MethodHandles.lookup()
				.unreflectGetter(field)
				.asType(MethodType.methodType(long.class, SingleThreadEventExecutor.class)) : null;
		}
		catch (IllegalAccessException | RuntimeException ex) {
			return null;
		}
	}

	private static @Nullable Field field(Class<?> type, String name) {
		try {
			Field field = type.getDeclaredField(name);
			field.setAccessible(true);
			return field;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * The connections that an event loop has to read from. It replaces them when it
	 * replaces its selector.
	 *
	 * @param owner has them
	 * @param field where it has them
	 */
	record SelectedKeys(Reference<Object> owner, Field field) {

		boolean isEmpty() {
			try {
				Object owner = this.owner.get();
				return owner != null && this.field.get(owner) instanceof Collection<?> keys && keys.isEmpty();
			}
			catch (IllegalAccessException ex) {
				return false;
			}
		}

	}

}
