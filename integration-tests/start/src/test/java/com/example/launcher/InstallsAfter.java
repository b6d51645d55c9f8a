package com.example.launcher;

import com.example.start.StartApplication;
import reactor.blockhound.BlockHound;

/**
 * Installs BlockHound when the application is up.
 */
public final class InstallsAfter {

	private InstallsAfter() {
	}

	public static void main(String[] args) {
		StartApplication.main(args);
		BlockHound.install();
		System.out.println("Installed again");
	}

}
