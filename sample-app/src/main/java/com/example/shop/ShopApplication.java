package com.example.shop;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A small web shop that blocks its event loops in every documented way.
 */
@SpringBootApplication
public class ShopApplication {

	public static void main(String[] args) throws IOException {
		emptyConsole();
		SpringApplication.run(ShopApplication.class, args);
	}

	/**
	 * Nobody types into a shop: with an empty file instead of the terminal, the button
	 * for {@code System.in.read()} does not hold an event loop until somebody does.
	 */
	private static void emptyConsole() throws IOException {
		File console = File.createTempFile("shop-", ".console");
		console.deleteOnExit();
		System.setIn(new BufferedInputStream(new FileInputStream(console)));
	}

}
