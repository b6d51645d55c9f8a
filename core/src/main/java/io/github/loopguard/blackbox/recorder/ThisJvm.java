package io.github.loopguard.blackbox.recorder;

import java.lang.management.ManagementFactory;
import java.time.Instant;

import io.github.loopguard.blackbox.BlackBoxHeader;

/**
 * What tells this JVM from others.
 */
final class ThisJvm {

	private ThisJvm() {
	}

	static BlackBoxHeader header(String application) {
		String version = ThisJvm.class.getPackage().getImplementationVersion();
		return new BlackBoxHeader(application, ProcessHandle.current().pid(),
				Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), Runtime.version().toString(),
				(version != null) ? version : "unknown");
	}

}
