package com.example.clean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application of the kind people write, which blocks no event loop.
 */
@SpringBootApplication
public class CleanApplication {

	/**
	 * Starts the application.
	 * @param args command line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(CleanApplication.class, args);
	}

}
