package com.example.launcher;

import com.example.start.StartApplication;
import reactor.blockhound.BlockHound;

/**
 * Installs BlockHound with a callback that wants to be the only one.
 */
public final class InstallsWithCallback {

	private InstallsWithCallback() {
	}

	public static void main(String[] args) {
		BlockHound.builder().loadIntegrations().blockingMethodCallback((method) -> {
			throw new IllegalStateException("The user's callback received " + method);
		}).install();
		StartApplication.main(args);
	}

}
