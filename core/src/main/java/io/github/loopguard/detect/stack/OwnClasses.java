package io.github.loopguard.detect.stack;

/**
 * The classes of Loopguard and BlockHound, which are never whose call it was.
 */
public final class OwnClasses {

	private OwnClasses() {
	}

	/**
	 * Returns whether a class stands on the stack only because something was detected.
	 * @param className binary name of the class
	 * @return whether its frames do not count
	 */
	public static boolean isDetector(String className) {
		return className.startsWith("io.github.loopguard.detect.") || className.startsWith("reactor.blockhound.");
	}

	/**
	 * Returns whether a class is Loopguard's or BlockHound's.
	 * @param className binary name of the class
	 * @return whether loading it is not the application's doing
	 */
	public static boolean isOwn(String className) {
		return className.startsWith("io.github.loopguard.") || className.startsWith("reactor.blockhound.");
	}

}
