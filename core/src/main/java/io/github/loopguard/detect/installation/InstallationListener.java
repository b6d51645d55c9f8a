package io.github.loopguard.detect.installation;

import java.util.function.Consumer;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

/**
 * Is notified when a builder of BlockHound is installed, by whomever.
 */
public interface InstallationListener {

	/**
	 * Called before the installation. The builder may still be changed.
	 * @param builder the builder
	 * @param callback its callback
	 */
	void begins(BlockHound.Builder builder, Consumer<BlockingMethod> callback);

	/**
	 * Called when the installation is over, also if it failed, or if BlockHound ignored
	 * it because it was installed before.
	 */
	void ended();

	/**
	 * Called when the listener has failed, which does not concern whoever installs
	 * BlockHound.
	 * @param reason what was thrown
	 */
	void failed(Throwable reason);

}
