package io.github.loopguard.catalog;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Rules of APIs that share a leaf hook with other APIs, by their name on the stack.
 */
final class CallNames {

	private static final Map<String, String> ANYWHERE = Map.of("sun.nio.ch.FileChannelImpl.position", "file-stat",
			"sun.nio.ch.SocketChannelImpl.connect", "socket-connect", "sun.nio.ch.SocketChannelImpl.finishConnect",
			"socket-connect", "sun.nio.ch.SocketChannelImpl.write", "socket-write",
			"sun.nio.ch.ServerSocketChannelImpl.accept", "socket-accept", "sun.nio.ch.DatagramChannelImpl.send",
			"socket-write", "sun.nio.ch.DatagramChannelImpl.write", "socket-write");

	private static final Map<String, String> CALLED_DIRECTLY = Map.of(
			"java.util.concurrent.locks.LockSupport.parkNanos", "sleep",
			"java.util.concurrent.locks.LockSupport.parkUntil", "sleep");

	/** Also ask for the size of a file, or for what is available, to read on. */
	private static final Set<String> READING = Set.of("sun.nio.ch.ChannelInputStream.readAllBytes",
			"sun.nio.ch.ChannelInputStream.readNBytes", "sun.nio.ch.ChannelInputStream.transferTo",
			"sun.nio.ch.ChannelInputStream.skip", "java.io.FileInputStream.readAllBytes",
			"java.io.BufferedInputStream.read", "java.io.BufferedReader.read", "sun.nio.cs.StreamDecoder.read",
			"java.util.zip.GZIPInputStream.read");

	private CallNames() {
	}

	/**
	 * Returns the rule for an API on the stack, or {@code null} if the leaf's rule
	 * applies.
	 */
	static @Nullable String rule(String leaf, String className, String methodName, boolean direct) {
		String name = className + "." + methodName;
		if ("file-stat".equals(leaf) && READING.contains(name)) {
			return "file-read";
		}
		String rule = ANYWHERE.get(name);
		return (rule == null && direct) ? CALLED_DIRECTLY.get(name) : rule;
	}

}
