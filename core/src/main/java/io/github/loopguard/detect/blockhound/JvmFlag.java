package io.github.loopguard.detect.blockhound;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * The JVM flag that instrumenting native methods needs. Loopguard does without it, and
 * uses it for marks of others where it happens to be set.
 */
final class JvmFlag {

	static final String NAME = "-XX:+AllowRedefinitionToAddDeleteMethods";

	private JvmFlag() {
	}

	static boolean isSet() {
		try {
			HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
			return diagnostics != null
					&& Boolean.parseBoolean(diagnostics.getVMOption("AllowRedefinitionToAddDeleteMethods").getValue());
		}
		catch (IllegalArgumentException | LinkageError ex) {
			return false;
		}
	}

}
