package io.github.loopguard.detect.stack;

/**
 * What attribution needs to know of a class, found out once per class.
 *
 * @param serial number that no other class has, for hashing
 * @param kind whose class it is
 * @param inversions its methods that run code on behalf of somebody else
 * @param allowed whether some method of it may block
 */
record ClassProfile(long serial, Kind kind, ControlInversion.Methods inversions, boolean allowed) {

	enum Kind {

		/** Loopguard's or BlockHound's own. */
		DETECTOR,

		/** The JDK's, or of what loads classes from an executable jar. */
		JDK,

		/** A proxy that was generated around a class that a person wrote. */
		GENERATED,

		/** The application's. */
		APPLICATION,

		/** Spring's, Reactor's or Netty's. */
		FRAMEWORK,

		/** Any other library's. */
		LIBRARY

	}

}
