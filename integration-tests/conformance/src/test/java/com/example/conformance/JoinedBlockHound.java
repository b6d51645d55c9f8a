package com.example.conformance;

import io.github.loopguard.runtime.Loopguard;

/**
 * Runs the operations as {@link BareBlockHound} does, in a JVM with Loopguard and without
 * an application.
 */
final class JoinedBlockHound {

	private JoinedBlockHound() {
	}

	/**
	 * Installs BlockHound and runs all operations.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		BareBlockHound.run(() -> Loopguard.instance().ledger().totals().occurrences());
	}

}
