package io.github.loopguard.detect.flight;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;

/**
 * The events of the JVM that show a blocking call. The kind of the event says by which
 * rule the call blocks: the frames of the JDK that would say it are missing on JDK 25.
 */
enum EventKind {

	SLEEP("jdk.ThreadSleep", "sleep", "java.lang.Thread", "sleep"),

	PARK("jdk.ThreadPark", "thread-park", "java.util.concurrent.locks.LockSupport", "park"),

	MONITOR_ENTER("jdk.JavaMonitorEnter", "monitor-enter", "jdk", "JavaMonitorEnter"),

	MONITOR_WAIT("jdk.JavaMonitorWait", "monitor-wait", "java.lang.Object", "wait"),

	SOCKET_READ("jdk.SocketRead", "socket-read", "jdk", "SocketRead"),

	SOCKET_WRITE("jdk.SocketWrite", "socket-write", "jdk", "SocketWrite"),

	FILE_READ("jdk.FileRead", "file-read", "jdk", "FileRead"),

	FILE_WRITE("jdk.FileWrite", "file-write", "jdk", "FileWrite"),

	FILE_FORCE("jdk.FileForce", "file-write", "java.nio.channels.FileChannel", "force"),

	PROCESS_START("jdk.ProcessStart", "process", "java.lang.ProcessBuilder", "start"),

	PINNED("jdk.VirtualThreadPinned", "thread-park", "java.util.concurrent.locks.LockSupport", "park"),

	METHOD("jdk.MethodTrace", "marked-blocking", "jdk", "MethodTrace");

	private static final Map<String, EventKind> BY_NAME = Stream.of(values())
		.collect(Collectors.toUnmodifiableMap(EventKind::eventName, Function.identity()));

	private final String eventName;

	private final Hook call;

	EventKind(String eventName, String rule, String className, String methodName) {
		this.eventName = eventName;
		this.call = Hook.added(rule, className, methodName).inJdk();
	}

	static @Nullable EventKind of(String eventName) {
		return BY_NAME.get(eventName);
	}

	/**
	 * Returns those that only some JVMs have.
	 */
	static List<EventKind> optional() {
		return List.of(PROCESS_START, FILE_FORCE, PINNED, METHOD);
	}

	String eventName() {
		return this.eventName;
	}

	/**
	 * Returns what stands for the call where its stack does not show it.
	 */
	Hook call() {
		return this.call;
	}

	/**
	 * Returns whether the call lasts, so that the JVM leaves short ones out.
	 */
	boolean hasDuration() {
		return this != PROCESS_START;
	}

	/**
	 * Returns whether one call may make many of these.
	 */
	boolean isPiece() {
		return switch (this) {
			case FILE_READ, FILE_WRITE, SOCKET_READ, SOCKET_WRITE, MONITOR_WAIT -> true;
			default -> false;
		};
	}

	/**
	 * Returns whether an event loop waits in this way for work, too.
	 */
	boolean mayBeIdle() {
		return this == PARK || this == MONITOR_WAIT;
	}

}
