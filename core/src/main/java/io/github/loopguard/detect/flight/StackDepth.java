package io.github.loopguard.detect.flight;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The number of frames that the flight recorder keeps. Its default of 64 does not reach
 * from a driver to the application. It can only be set before the first recording.
 */
final class StackDepth {

	private static final String DEFAULT = "Stack depth: 64";

	private static final int WANTED = 256;

	private StackDepth() {
	}

	/**
	 * Raises the depth, unless somebody else has set one.
	 */
	static void raise() {
		try {
			if (configure().contains(DEFAULT)) {
				configure("stackdepth=" + WANTED);
			}
		}
		catch (JMException | RuntimeException | LinkageError ex) {
			// Stacks are shorter, so that some calls have no site.
		}
	}

	private static String configure(String... arguments) throws JMException {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		return String.valueOf(server.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "jfrConfigure",
				new Object[] { arguments }, new String[] { String[].class.getName() }));
	}

}
