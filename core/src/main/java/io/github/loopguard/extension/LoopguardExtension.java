package io.github.loopguard.extension;

/**
 * Teaches Loopguard what it cannot know: methods that block, methods that may, and what
 * threads are for. Found by the service loader, so that a library or an application needs
 * no annotation and no configuration:
 * {@code META-INF/services/io.github.loopguard.extension.LoopguardExtension}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LoopguardExtension {

	/**
	 * Says what there is to know. Called once, before any event loop exists.
	 * @param extensions takes it
	 */
	void extend(Extensions.Builder extensions);

}
