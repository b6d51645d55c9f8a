package io.github.loopguard.bridge.engine.context;

/**
 * Checks whether optional libraries are on the class path.
 */
final class OptionalLibrary {

	private OptionalLibrary() {
	}

	static boolean present(String className) {
		try {
			Class.forName(className, false, OptionalLibrary.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
