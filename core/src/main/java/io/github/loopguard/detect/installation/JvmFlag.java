package io.github.loopguard.detect.installation;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * The JVM flag for instrumenting native methods. Loopguard needs it only if it cannot
 * access the tables of BlockHound's builder.
 */
public final class JvmFlag {

	public static final String NAME = "-XX:+AllowRedefinitionToAddDeleteMethods";

	private JvmFlag() {
	}

	public static boolean isSet() {
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
