package com.example.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.stereotype.Component;

/**
 * What must not run on an event loop.
 */
@Component
public class BlockingCode {

	/**
	 * Reads a file that every Java runtime has.
	 */
	public int read() throws IOException {
		return Files.readString(Path.of(System.getProperty("java.home"), "release")).length();
	}

}
