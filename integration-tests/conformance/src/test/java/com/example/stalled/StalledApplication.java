package com.example.stalled;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application that holds its event loops.
 */
@SpringBootApplication
public class StalledApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(StalledApplication.class, arguments);
	}

}
