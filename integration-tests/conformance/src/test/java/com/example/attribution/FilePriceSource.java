package com.example.attribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.stereotype.Service;

/**
 * Proxied through its interface.
 */
@Service
class FilePriceSource implements PriceSource {

	@Override
	public int price(Path path) throws IOException {
		return Files.readAllBytes(path).length;
	}

}
