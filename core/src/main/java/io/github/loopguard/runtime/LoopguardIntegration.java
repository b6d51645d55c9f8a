package io.github.loopguard.runtime;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets Loopguard join an installation of BlockHound by somebody else. Found by the
 * service loader.
 *
 * @since 0.1
 */
public final class LoopguardIntegration implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		if (!Loopguard.isTurnedOff()) {
			UserInstallation.join(Loopguard.instance(), builder);
		}
	}

	@Override
	public int getPriority() {
		return Integer.MAX_VALUE;
	}

}
