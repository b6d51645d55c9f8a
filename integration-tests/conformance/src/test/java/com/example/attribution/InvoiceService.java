package com.example.attribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.stereotype.Service;

/**
 * Proxied by a subclass.
 */
@Service
class InvoiceService {

	String render(Path path) throws IOException {
		return Files.readString(path);
	}

}
