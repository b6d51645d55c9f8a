package io.github.loopguard.detect.blockhound;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.PreventedCall;
import io.github.loopguard.detect.installation.UserCallback;
import io.github.loopguard.detect.stack.OwnClasses;
import io.github.loopguard.detect.thread.ExecutorWeaver;
import io.github.loopguard.detect.thread.RunningExecutor;
import io.github.loopguard.detect.thread.ThreadRole;

/**
 * Receives what woven code reports through BlockHound: calls of Loopguard's hooks,
 * declared operations, which executors threads run, and the marks of a user who installed
 * BlockHound himself.
 */
final class HookCallback implements Consumer<Object[]>, IntConsumer {

	private final OccurrenceRecorder recorder;

	private final Declarations declarations = new Declarations();

	private volatile @Nullable UserCallback user;

	private volatile boolean onlyHooks;

	private volatile boolean muted;

	HookCallback(OccurrenceRecorder recorder) {
		this.recorder = recorder;
	}

	/**
	 * Sets whom to notify of marks beside Loopguard.
	 * @param user the user's callback
	 */
	void user(UserCallback user) {
		this.user = user;
	}

	/**
	 * Ignores the marks of a user's installation, and his callback.
	 */
	void onlyHooks() {
		this.onlyHooks = true;
	}

	/**
	 * Ignores what begins from now on, or no longer. What has begun ends as always. A
	 * user's own callback is called all the same.
	 */
	void mute(boolean muted) {
		this.muted = muted;
		this.recorder.outside().mute(muted);
	}

	boolean isMuted() {
		return this.muted;
	}

	/**
	 * Receives a class that is defined.
	 */
	void classDefined(String className, ClassLoader loader) {
		if (!this.muted) {
			this.recorder.classDefined(className, loader);
		}
	}

	@Override
	public void accept(Object[] report) {
		String className = (String) report[0];
		String methodName = (String) report[1];
		int number = (Integer) report[2];
		if (className.equals(ExecutorWeaver.MARKER)) {
			RunningExecutor.changed(ThreadRole.valueOf(methodName));
		}
		else if (!className.equals(HookCalls.MARKER)) {
			prevent(marked(className, methodName, number));
		}
		else if (methodName.equals(HookCalls.ENTER)) {
			accept(number);
		}
		else {
			exited(number);
		}
	}

	/**
	 * Receives the number of a hook that is entered.
	 */
	@Override
	public void accept(int id) {
		if (!this.muted && isOurs()) {
			prevent(this.recorder.enter(id));
		}
	}

	/**
	 * Receives the number of a hook that is left.
	 */
	void exited(int id) {
		this.recorder.exit(id);
	}

	private static void prevent(@Nullable PreventedCall prevented) {
		if (prevented != null) {
			throw error(prevented);
		}
	}

	/**
	 * Returns whether the thread is an event loop for Loopguard, too. A user's predicate
	 * may accept pools.
	 */
	private boolean isOurs() {
		return this.user == null || EventLoops.isCurrent();
	}

	private @Nullable PreventedCall marked(String className, String methodName, int modifiers) {
		if (className.equals(Declarations.MARKER)) {
			return this.muted ? null : this.recorder.marked(this.declarations.hook(methodName));
		}
		if (this.onlyHooks || HookProbe.isOwnCode()) {
			return null;
		}
		PreventedCall prevented = (!this.muted && isOurs())
				? this.recorder.marked(this.declarations.marked(className, methodName)) : null;
		UserCallback callback = this.user;
		if (callback != null) {
			callback.accept(new BlockingMethod(className, methodName, modifiers));
		}
		return prevented;
	}

	private static BlockingOperationError error(PreventedCall prevented) {
		String api = prevented.api();
		int dot = api.lastIndexOf('.');
		BlockingOperationError error = new BlockingOperationError(new BlockingMethod(
				(dot < 0) ? Declarations.MARKER : api.substring(0, dot), api.substring(dot + 1), Modifier.STATIC));
		error.initCause(new PreventedCallException(prevented));
		error.setStackTrace(withoutOwnFrames(OccurrenceListener.stackOfCall()));
		return error;
	}

	private static StackTraceElement[] withoutOwnFrames(List<StackTraceElement> stack) {
		List<StackTraceElement> others = new ArrayList<>(stack.size());
		for (StackTraceElement frame : stack) {
			if (!OwnClasses.isOwn(frame.getClassName())) {
				others.add(frame);
			}
		}
		return others.toArray(new StackTraceElement[0]);
	}

}
