package io.github.loopguard.detect.installation;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What the woven {@code BlockHound.Builder.install()} calls.
 */
public final class InstallCalls {

	private static volatile @Nullable InstallationListener listener;

	private static volatile @Nullable BlockHoundIntegration integration;

	private InstallCalls() {
	}

	static void listener(InstallationListener listener) {
		InstallCalls.listener = listener;
	}

	static void integration(BlockHoundIntegration integration) {
		InstallCalls.integration = integration;
	}

	/**
	 * Called first in {@code install()}.
	 * @param builder the builder
	 * @param callback its callback
	 */
	public static void begins(BlockHound.Builder builder, Consumer<BlockingMethod> callback) {
		InstallationListener current = listener(builder);
		if (current != null) {
			try {
				current.begins(builder, callback);
			}
			catch (Throwable ex) {
				current.failed(ex);
			}
		}
	}

	/**
	 * Called first where the builder makes its transformers, which takes most of the time
	 * of an installation.
	 * @param instrumentation what the builder would register them with
	 * @return whether they are needed
	 */
	public static boolean instruments(Instrumentation instrumentation) {
		return !QuietInstrumentation.isQuiet(instrumentation);
	}

	/**
	 * Called before {@code install()} returns or throws.
	 */
	public static void ended() {
		InstallationListener current = listener;
		if (current != null) {
			try {
				current.ended();
			}
			catch (Throwable ex) {
				current.failed(ex);
			}
		}
	}

	/**
	 * Returns the listener, after it had the opportunity to join a builder that has
	 * loaded no integrations.
	 */
	private static @Nullable InstallationListener listener(BlockHound.Builder builder) {
		BlockHoundIntegration current = integration;
		if (listener == null && current != null) {
			current.applyTo(builder);
		}
		return listener;
	}

}
