package io.github.loopguard.runtime;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Adds the catalog to BlockHound, also if somebody else installs it. Found by the service
 * loader.
 *
 * @since 0.1
 */
public final class LoopguardIntegration implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		if (!Loopguard.isTurnedOff()) {
			Loopguard.instance().extendedDetector().prepare(builder);
		}
	}

	@Override
	public int getPriority() {
		return Integer.MAX_VALUE;
	}

}
