package com.example.mistakes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Blocks its event loops in every handler.
 */
@SpringBootApplication
public class MistakesApplication {

	/**
	 * Starts the application.
	 * @param args as for Spring Boot
	 */
	public static void main(String[] args) {
		SpringApplication.run(MistakesApplication.class, args);
	}

}
