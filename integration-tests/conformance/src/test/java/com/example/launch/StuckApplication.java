package com.example.launch;

import java.util.concurrent.TimeUnit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application whose event loops get stuck.
 */
@SpringBootApplication
public class StuckApplication {

	public static void main(String[] args) {
		SpringApplication.run(StuckApplication.class, args);
	}

	@RestController
	static class Routes {

		private volatile double result;

		@GetMapping("/fine")
		String fine() {
			return "fine";
		}

		@GetMapping("/stick")
		double stick() {
			long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
			while (System.nanoTime() < end) {
				this.result = Math.sqrt(this.result + 1);
			}
			return this.result;
		}

	}

}
