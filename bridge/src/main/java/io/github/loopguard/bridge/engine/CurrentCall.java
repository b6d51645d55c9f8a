package io.github.loopguard.bridge.engine;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The task that the current thread runs, and whether the thread is in the blocking code
 * or in its subscriber.
 */
public final class CurrentCall {

	private static final ThreadLocal<Holder> CURRENT = ThreadLocal.withInitial(Holder::new);

	private final LaneTask<?> task;

	private final @Nullable CurrentCall outer;

	private boolean emitting;

	/**
	 * The call until whose end this one is protected from interrupts.
	 */
	private @Nullable CurrentCall protector;

	private @Nullable Executor helper;

	private CurrentCall(LaneTask<?> task, @Nullable CurrentCall outer) {
		this.task = task;
		this.outer = outer;
	}

	static CurrentCall enter(LaneTask<?> task) {
		Holder holder = CURRENT.get();
		CurrentCall call = new CurrentCall(task, holder.call);
		holder.call = call;
		return call;
	}

	void leave() {
		CURRENT.get().call = this.outer;
		if (this.protector == this) {
			for (CurrentCall call = this.outer; call != null; call = call.outer) {
				if (call.protector == this) {
					call.protector = null;
					call.task.unprotected();
				}
			}
		}
	}

	/**
	 * Marks the end of the blocking code: what follows is the subscriber's.
	 */
	void codeEnded() {
		this.emitting = true;
	}

	/**
	 * Signals the subscriber of a task, from within its blocking code or from elsewhere,
	 * such as the code of another task, whose subscriber may be gone.
	 * @return whether there was still a subscriber
	 */
	public static boolean emit(LaneTask<?> task, Runnable emission) {
		CurrentCall call = of(task.engine);
		if (call == null || call.emitting) {
			emission.run();
			return true;
		}
		return call.emit(emission, call.task != task);
	}

	private boolean emit(Runnable emission, boolean always) {
		boolean begun = this.task.beginEmission();
		if (!begun && !always) {
			return false;
		}
		this.emitting = true;
		try {
			emission.run();
		}
		finally {
			this.emitting = false;
			if (begun) {
				this.task.emitted();
			}
		}
		return true;
	}

	private static @Nullable CurrentCall of(LaneEngine engine) {
		CurrentCall call = CURRENT.get().call;
		while (call != null && call.task.engine != engine) {
			call = call.outer;
		}
		return call;
	}

	/**
	 * Returns whether the current thread is inside the blocking code of one of the
	 * engine's tasks, or of those of a key: whatever this code waits for must not wait
	 * for the thread.
	 */
	static boolean inside(LaneEngine engine, @Nullable Object key) {
		for (CurrentCall call = CURRENT.get().call; call != null; call = call.outer) {
			if (call.task.engine == engine && !call.emitting && (key == null || key.equals(call.task.key))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Runs work beside the code that the current thread runs in a lane and that waits for
	 * it, one at a time. On the thread itself the work of others would run in the code's
	 * transaction and context, and be interrupted with it.
	 */
	static void help(Runnable work, ThreadFactory threads) {
		CurrentCall call = Objects.requireNonNull(CURRENT.get().call);
		if (call.helper == null) {
			call.helper = new ThreadPoolExecutor(0, 1, 1, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), threads);
		}
		call.helper.execute(work);
	}

	/**
	 * Runs work of its own within the code that the current thread runs in lanes, whose
	 * cancels and timeouts do not interrupt it.
	 */
	public static <T> @Nullable T undisturbed(Callable<? extends @Nullable T> work) throws Exception {
		CurrentCall current = Objects.requireNonNull(CURRENT.get().call);
		boolean nested = current.outer != null;
		if (nested) {
			protect(current.outer, current);
			current.protector = current;
		}
		boolean interrupted = nested && Thread.interrupted();
		try {
			return work.call();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Returns whether code that the current thread runs in a lane has lost its
	 * subscriber.
	 */
	public static boolean abandoned() {
		for (CurrentCall call = CURRENT.get().call; call != null; call = call.outer) {
			if (call.task.detached()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Protects the code that the current thread runs in lanes from interrupts.
	 * @return whether it still has its subscribers
	 */
	public static boolean protect() {
		CurrentCall current = CURRENT.get().call;
		return current == null || protect(current, current);
	}

	private static boolean protect(@Nullable CurrentCall from, CurrentCall current) {
		boolean wanted = true;
		for (CurrentCall call = from; call != null; call = call.outer) {
			if (!call.emitting) {
				wanted &= call.task.protect();
				call.protector = (call.protector != null) ? call.protector : current;
			}
		}
		return wanted;
	}

	/**
	 * Stays with the thread, because setting and removing a thread local for each call is
	 * slower.
	 */
	private static final class Holder {

		private @Nullable CurrentCall call;

	}

}
