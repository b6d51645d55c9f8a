package com.example.launcher;

import com.example.start.StartApplication;
import reactor.blockhound.BlockHound;

/**
 * Installs BlockHound with a mark on a native method.
 */
public final class InstallsWithNativeMark {

	private InstallsWithNativeMark() {
	}

	public static void main(String[] args) {
		BlockHound.builder().loadIntegrations().markAsBlocking(Thread.class, "setPriority0", "(I)V").install();
		StartApplication.main(args);
	}

}
