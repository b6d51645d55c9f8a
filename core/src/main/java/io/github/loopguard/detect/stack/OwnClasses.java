package io.github.loopguard.detect.stack;

import java.util.List;

/**
 * The classes of Loopguard and BlockHound, which are never whose call it was.
 */
public final class OwnClasses {

	private static final List<String> DETECTORS = List.of("io.github.loopguard.detect.", "reactor.blockhound.");

	private static final List<String> ALL = List.of("io.github.loopguard.", "reactor.blockhound.");

	private OwnClasses() {
	}

	/**
	 * Returns whether a class stands on the stack only because something was detected.
	 * @param className binary name of the class
	 * @return whether its frames do not count
	 */
	public static boolean isDetector(String className) {
		return startsWith(className, DETECTORS);
	}

	/**
	 * Returns whether a class is Loopguard's or BlockHound's.
	 * @param className binary name of the class
	 * @return whether loading it is not the application's doing
	 */
	public static boolean isOwn(String className) {
		return startsWith(className, ALL);
	}

	private static boolean startsWith(String className, List<String> prefixes) {
		for (int i = 0; i < prefixes.size(); i++) {
			if (className.startsWith(prefixes.get(i))) {
				return true;
			}
		}
		return false;
	}

}
