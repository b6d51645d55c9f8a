package com.example.launcher;

import com.example.start.StartApplication;
import reactor.blockhound.BlockHound;

/**
 * Installs BlockHound as its documentation says.
 */
public final class InstallsBefore {

	private InstallsBefore() {
	}

	public static void main(String[] args) {
		BlockHound.install();
		StartApplication.main(args);
	}

}
