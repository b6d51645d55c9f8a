package io.github.loopguard.detect.turn;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Finds out whether the current turn has handed a signal to subscribers that may belong
 * to others: through a sink, a cache, a pool, a future. Then what the thread works for
 * says nothing about them.
 */
public final class SharedSource {

	private static final StackWalker STACK = StackWalker.getInstance();

	/**
	 * Beginnings of the names of classes through which one request wakes up another.
	 */
	private static final List<String> SHARED = List.of("reactor.core.publisher.SinkMany",
			"reactor.core.publisher.SinkOne", "reactor.core.publisher.SinkEmpty",
			"reactor.core.publisher.InternalManySink", "reactor.core.publisher.InternalOneSink",
			"reactor.core.publisher.InternalEmptySink", "reactor.core.publisher.FluxPublish$",
			"reactor.core.publisher.FluxPublishMulticast$", "reactor.core.publisher.FluxReplay$",
			"reactor.core.publisher.MonoCacheTime$", "reactor.core.publisher.MonoCacheInvalidate",
			"reactor.core.publisher.NextProcessor", "reactor.core.publisher.EmitterProcessor",
			"reactor.core.publisher.DirectProcessor", "reactor.core.publisher.ReplayProcessor",
			"reactor.core.publisher.MonoProcessor", "reactor.pool.", "reactor.netty.internal.shaded.reactor.pool.",
			"io.reactivex.rxjava3.subjects.", "io.reactivex.rxjava3.processors.",
			"kotlinx.coroutines.CompletableDeferredImpl", "kotlinx.coroutines.JobSupport",
			"kotlinx.coroutines.EventLoop", "kotlinx.coroutines.channels.", "kotlinx.coroutines.flow.SharedFlowImpl",
			"kotlinx.coroutines.flow.StateFlowImpl", "kotlinx.coroutines.sync.",
			"java.util.concurrent.CompletableFuture");

	/**
	 * Beginnings of the names of methods that signal.
	 */
	private static final List<String> SIGNALLING = List.of("onNext", "onComplete", "onError", "emit", "tryEmit",
			"drain", "signal", "deliver", "postComplete", "resume", "send", "trySend", "update", "complete",
			"processUnconfined", "notify", "cancel");

	/**
	 * Sinks of one subscriber, which whoever holds them signals.
	 */
	private static final List<String> SINKS = List.of("reactor.core.publisher.MonoCreate",
			"reactor.core.publisher.FluxCreate");

	private static final Set<String> SIGNALS = Set.of("success", "error", "next", "complete");

	/**
	 * Classes that begin a turn themselves.
	 */
	private static final Set<String> BEGINNINGS = Set.of("io.github.loopguard.autoconfigure.web.ScheduledTask",
			"io.github.loopguard.autoconfigure.web.TrackedHandling",
			"io.github.loopguard.autoconfigure.web.TrackedStep");

	private SharedSource() {
	}

	/**
	 * Returns whether others' subscribers may be called between the beginning of the
	 * current turn and the caller. Walks the stack.
	 * @return whether the code that runs may belong to somebody else
	 */
	public static boolean isOnStack() {
		return STACK.walk((frames) -> isOn(frames.iterator(), false));
	}

	/**
	 * Returns whether one request may wake up another through a class.
	 * @param className binary name of the class
	 * @return whether it may have subscribers of several requests
	 */
	public static boolean isShared(String className) {
		return SHARED.stream().anyMatch(className::startsWith);
	}

	/**
	 * Returns whether Reactor has set the thread-locals of the subscriber that runs, and
	 * has not called another one since then. Walks the stack.
	 * @return whether context propagation is right about the code that runs
	 */
	public static boolean isRestored() {
		return STACK.walk((frames) -> isOn(frames.iterator(), true));
	}

	private static boolean isOn(Iterator<StackFrame> frames, boolean restoring) {
		boolean signalled = false;
		while (frames.hasNext()) {
			StackFrame frame = frames.next();
			String name = frame.getClassName();
			if (isHandover(signalled, frame)) {
				return !restoring;
			}
			if (restoring && isRestoring(name)) {
				return true;
			}
			if (BEGINNINGS.contains(name) || TurnWeaver.hasTurns(name)) {
				return false;
			}
			signalled = isSink(name) && SIGNALS.contains(frame.getMethodName());
		}
		return false;
	}

	private static boolean isHandover(boolean signalled, StackFrame frame) {
		String name = frame.getClassName();
		// Reactor Netty signals the one subscriber whose channel's turn it is.
		return isShared(name, frame.getMethodName())
				|| (signalled && !isSink(name) && !name.startsWith("reactor.netty."));
	}

	private static boolean isRestoring(String name) {
		return name.startsWith("reactor.core.publisher.") && name.contains("RestoringThreadLocals");
	}

	private static boolean isSink(String name) {
		return SINKS.stream().anyMatch(name::startsWith);
	}

	private static boolean isShared(String name, String method) {
		return isShared(name) && SIGNALLING.stream().anyMatch(method::startsWith);
	}

}
