package io.github.loopguard.extension;

/**
 * Adds methods that block, methods that may block, and names of threads. A library or an
 * application registers its extension for the service loader, in
 * {@code META-INF/services/io.github.loopguard.extension.LoopguardExtension}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LoopguardExtension {

	/**
	 * Adds to the extensions. Called once, before any event loop is started.
	 * @param extensions builder to add to
	 */
	void extend(Extensions.Builder extensions);

}
