package io.github.loopguard.catalog;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * APIs that share a leaf hook with others and are told apart by their name on the stack.
 */
final class CallNames {

	private static final Map<String, String> ANYWHERE = Map.of("sun.nio.ch.FileChannelImpl.position", "file-stat",
			"sun.nio.ch.SocketChannelImpl.connect", "socket-connect", "sun.nio.ch.SocketChannelImpl.finishConnect",
			"socket-connect", "sun.nio.ch.SocketChannelImpl.write", "socket-write",
			"sun.nio.ch.ServerSocketChannelImpl.accept", "socket-accept", "sun.nio.ch.DatagramChannelImpl.send",
			"socket-write", "sun.nio.ch.DatagramChannelImpl.write", "socket-write");

	private static final Map<String, String> CALLED_STRAIGHT = Map.of(
			"java.util.concurrent.locks.LockSupport.parkNanos", "sleep",
			"java.util.concurrent.locks.LockSupport.parkUntil", "sleep");

	private static final Set<String> READING = Set.of("sun.nio.ch.ChannelInputStream.readAllBytes",
			"sun.nio.ch.ChannelInputStream.readNBytes", "sun.nio.ch.ChannelInputStream.transferTo",
			"sun.nio.ch.ChannelInputStream.skip", "java.io.FileInputStream.readAllBytes");

	private CallNames() {
	}

	static @Nullable String rule(String leaf, String className, String methodName, boolean straight) {
		String name = className + "." + methodName;
		if ("file-stat".equals(leaf) && READING.contains(name)) {
			return "file-read";
		}
		String rule = ANYWHERE.get(name);
		return (rule == null && straight) ? CALLED_STRAIGHT.get(name) : rule;
	}

}
