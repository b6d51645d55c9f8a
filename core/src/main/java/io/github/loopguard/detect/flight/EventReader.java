package io.github.loopguard.detect.flight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;

/**
 * Takes out of a recorded event what is needed of it.
 */
final class EventReader {

	private final LongPredicate loops;

	private final Paths paths;

	/**
	 * Creates a reader.
	 * @param loops recognizes event loops by the identifier of their thread
	 * @param paths how much of the names of files is kept
	 */
	EventReader(LongPredicate loops, Paths paths) {
		this.loops = loops;
		this.paths = paths;
	}

	/**
	 * Reads an event.
	 * @return what was recorded, or {@code null} if it holds no event loop
	 */
	@Nullable FlightEvent read(EventKind kind, RecordedEvent event) {
		RecordedThread thread = event.getThread();
		RecordedStackTrace trace = event.getStackTrace();
		if (thread == null || trace == null
				|| (kind != EventKind.PINNED && !this.loops.test(thread.getJavaThreadId()))) {
			return null;
		}
		List<StackTraceElement> stack = stack(kind, event, trace);
		if (stack.isEmpty()) {
			return null;
		}
		RecordedThread held = (kind == EventKind.PINNED) ? carrier(event, thread) : thread;
		return new FlightEvent(kind, held.getJavaThreadId(), name(held), nanos(event.getStartTime()),
				nanos(event.getEndTime()), stack, resource(kind, event), detail(kind, event));
	}

	static long nanos(Instant time) {
		return time.getEpochSecond() * 1_000_000_000 + time.getNano();
	}

	private static String name(RecordedThread thread) {
		String name = thread.getJavaName();
		return (name != null && !name.isEmpty()) ? name : "virtual thread " + thread.getJavaThreadId();
	}

	private static RecordedThread carrier(RecordedEvent event, RecordedThread thread) {
		return (event.hasField("carrierThread") && event.getValue("carrierThread") instanceof RecordedThread carrier)
				? carrier : thread;
	}

	private static List<StackTraceElement> stack(EventKind kind, RecordedEvent event, RecordedStackTrace trace) {
		List<StackTraceElement> stack = new ArrayList<>();
		if (kind == EventKind.METHOD) {
			if (!(event.getValue("method") instanceof RecordedMethod method)) {
				return stack;
			}
			stack.add(element(method, -1));
		}
		for (RecordedFrame frame : trace.getFrames()) {
			RecordedMethod method = frame.getMethod();
			if (!frame.isJavaFrame() || method == null || method.isHidden()) {
				continue;
			}
			StackTraceElement element = element(method, frame.getLineNumber());
			if (kind == EventKind.METHOD && stack.size() == 1 && isSame(stack.get(0), element)) {
				stack.clear();
			}
			stack.add(element);
		}
		return stack;
	}

	private static StackTraceElement element(RecordedMethod method, int line) {
		RecordedClass type = method.getType();
		RecordedClassLoader loader = type.getClassLoader();
		return new StackTraceElement(name(loader), module(type), null, type.getName(), method.getName(), null,
				(line > 0) ? line : -1);
	}

	/**
	 * Names the loader as a stack trace does, {@code null} for that of the JVM itself.
	 */
	private static @Nullable String name(@Nullable RecordedClassLoader loader) {
		if (loader == null || loader.getType() == null) {
			return null;
		}
		String name = loader.getName();
		return (name != null && !name.isEmpty()) ? name : loader.getType().getName();
	}

	private static @Nullable String module(RecordedClass type) {
		if (type.getValue("package") instanceof RecordedObject of
				&& of.getValue("module") instanceof RecordedObject module) {
			return module.getString("name");
		}
		return null;
	}

	private static boolean isSame(StackTraceElement one, StackTraceElement other) {
		return one.getMethodName().equals(other.getMethodName()) && one.getClassName().equals(other.getClassName());
	}

	private @Nullable String resource(EventKind kind, RecordedEvent event) {
		return switch (kind) {
			case FILE_READ, FILE_WRITE, FILE_FORCE -> path(event.getString("path"));
			case PROCESS_START -> path(executable(event.getString("command")));
			case SOCKET_READ, SOCKET_WRITE -> address(event);
			case MONITOR_ENTER, MONITOR_WAIT -> className(event, "monitorClass");
			case PARK -> className(event, "parkedClass");
			case SLEEP, PINNED, METHOD -> null;
		};
	}

	private @Nullable String path(@Nullable String path) {
		if (path == null || path.isEmpty()) {
			return null;
		}
		return switch (this.paths) {
			case FULL -> path;
			case NAME -> path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
			case NONE -> null;
		};
	}

	/**
	 * Returns the program without its arguments, which may contain secrets.
	 */
	private static @Nullable String executable(@Nullable String command) {
		if (command == null) {
			return null;
		}
		String text = command.startsWith("[") ? command.substring(1) : command;
		int end = 0;
		while (end < text.length() && " ,]".indexOf(text.charAt(end)) < 0) {
			end++;
		}
		return text.substring(0, end);
	}

	private static @Nullable String address(RecordedEvent event) {
		String host = event.getString("host");
		String named = (host != null && !host.isEmpty()) ? host : event.getString("address");
		return (named != null) ? named + ":" + event.getInt("port") : null;
	}

	private static @Nullable String className(RecordedEvent event, String field) {
		return (event.getValue(field) instanceof RecordedClass type) ? type.getName() : null;
	}

	private static @Nullable String detail(EventKind kind, RecordedEvent event) {
		if (kind == EventKind.MONITOR_ENTER) {
			return (event.getValue("previousOwner") instanceof RecordedThread owner) ? name(owner) : null;
		}
		return (kind == EventKind.PINNED && event.hasField("pinnedReason")) ? event.getString("pinnedReason") : null;
	}

}
