package com.example.threads;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What a user of BlockHound has.
 */
public final class AcmeIntegration implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.nonBlockingThreadPredicate((others) -> others.or((thread) -> thread.getName().startsWith("acme-")));
	}

}
