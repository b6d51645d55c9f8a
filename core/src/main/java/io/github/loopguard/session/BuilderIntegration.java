package io.github.loopguard.session;

import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

import io.github.loopguard.runtime.LoopguardIntegration;

/**
 * Applies Loopguard's integration to a builder that has loaded none. Its failures are
 * none of BlockHound's.
 */
final class BuilderIntegration implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		try {
			new LoopguardIntegration().applyTo(builder);
		}
		catch (Throwable ex) {
			LoggerFactory.getLogger(BuilderIntegration.class)
				.warn("Loopguard: an installation of BlockHound could not be joined", ex);
		}
	}

}
