package com.example.launch;

import org.springframework.boot.SpringApplication;
import reactor.blockhound.BlockHound;

/**
 * The same application, whose author installs BlockHound before anything else.
 */
public final class BlockHoundFirstApplication {

	private BlockHoundFirstApplication() {
	}

	public static void main(String[] args) {
		BlockHound.install();
		SpringApplication.run(LaunchApplication.class, args);
	}

}
