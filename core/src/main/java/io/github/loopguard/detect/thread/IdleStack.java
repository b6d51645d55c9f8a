package io.github.loopguard.detect.thread;

import java.util.List;
import java.util.Set;

/**
 * Tells from the stack of an event loop whether it waits for work: nothing is on it but
 * its own run method and what that waits in.
 */
public final class IdleStack {

	/** Where a loop waits for work, and what lies between that and its thread. */
	private static final Set<String> NETTY = Set.of("SingleThreadEventExecutor", "SingleThreadEventLoop",
			"SingleThreadIoEventLoop", "NioIoHandler", "NioEventLoop", "SelectedSelectionKeySetSelector",
			"LocalIoHandler", "DefaultEventLoop", "DefaultEventExecutor", "GlobalEventExecutor", "EpollIoHandler",
			"EpollEventLoop", "KQueueIoHandler", "KQueueEventLoop", "IoUringIoHandler", "IOUringEventLoop", "Native",
			"ThreadExecutorMap", "FastThreadLocalRunnable", "FastThreadLocalThread", "CompletionQueue",
			"SubmissionQueue", "ThreadPerTaskExecutor");

	private final List<StackTraceElement> frames;

	private IdleStack(List<StackTraceElement> frames) {
		this.frames = frames;
	}

	/**
	 * Returns whether an event loop waits for work, or is between two pieces of it.
	 * @param frames its stack, from the innermost frame outwards
	 * @param waits whether its thread waits for a lock or another thread
	 * @return whether nobody's code holds it
	 */
	public static boolean isIdle(List<StackTraceElement> frames, boolean waits) {
		return new IdleStack(frames).isIdle(waits);
	}

	/**
	 * Returns the index of the first frame outside the JDK.
	 * @param frames a stack, from the innermost frame outwards
	 * @return the index, which is the size of the stack if all frames are the JDK's
	 */
	public static int outsideJdk(List<StackTraceElement> frames) {
		int index = 0;
		while (index < frames.size() && isJdk(frames.get(index))) {
			index++;
		}
		return index;
	}

	private boolean isIdle(boolean waits) {
		int first = outsideJdk(this.frames);
		for (int i = 0; i < first; i++) {
			if (is(i, "java.util.concurrent.ThreadPoolExecutor", "getTask")) {
				return true;
			}
		}
		if (first == this.frames.size()) {
			return !hasTask();
		}
		return isNetty(first) ? isOnlyNetty(first) : isOwnWait(first, waits);
	}

	private boolean hasTask() {
		for (int i = 0; i < this.frames.size(); i++) {
			if (is(i, "java.util.concurrent.FutureTask", "run")) {
				return true;
			}
		}
		return false;
	}

	private boolean isOnlyNetty(int first) {
		for (int i = first; i < this.frames.size(); i++) {
			if (!isNetty(i) && !isJdk(this.frames.get(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns whether the loop of somebody else waits in its own run method, for what it
	 * does not show: all frames outside the JDK are of the class that runs it, and none
	 * is a lambda except for the first.
	 */
	private boolean isOwnWait(int first, boolean waits) {
		if (first == 0) {
			return false;
		}
		int last = first;
		for (int i = first; i < this.frames.size(); i++) {
			StackTraceElement frame = this.frames.get(i);
			if (!isJdk(frame)) {
				if (!frame.getClassName().equals(this.frames.get(first).getClassName())) {
					return false;
				}
				last = i;
			}
		}
		for (int i = first; i < last; i++) {
			if (isJdk(this.frames.get(i)) || this.frames.get(i).getMethodName().startsWith("lambda$")) {
				return false;
			}
		}
		return waits || this.frames.get(0).getClassName().startsWith("sun.nio.ch.");
	}

	private boolean isNetty(int index) {
		String name = this.frames.get(index).getClassName();
		int simple = name.lastIndexOf('.') + 1;
		int nested = name.indexOf('$', simple);
		return name.contains("io.netty.")
				&& NETTY.contains(name.substring(simple, (nested > 0) ? nested : name.length()));
	}

	private boolean is(int index, String className, String methodName) {
		StackTraceElement frame = this.frames.get(index);
		return frame.getClassName().equals(className) && frame.getMethodName().equals(methodName);
	}

	/**
	 * Returns whether a frame is the JDK's, by its name alone.
	 * @param frame the frame
	 * @return whether nobody else's code runs in it
	 */
	public static boolean isJdk(StackTraceElement frame) {
		String name = frame.getClassName();
		return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.")
				|| name.startsWith("javax.") || name.startsWith("com.sun.proxy.");
	}

}
