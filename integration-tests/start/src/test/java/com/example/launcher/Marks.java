package com.example.launcher;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Marks methods that BlockHound cannot instrument: a native one, and one of a sealed
 * class.
 */
public final class Marks implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.markAsBlocking(Thread.class, "setPriority0", "(I)V");
		builder.markAsBlocking(Sealed.class.getName(), "work", "()V");
	}

	/**
	 * A sealed class.
	 */
	abstract static sealed class Sealed {

		void work() {
		}

		static final class Only extends Sealed {

		}

	}

}
