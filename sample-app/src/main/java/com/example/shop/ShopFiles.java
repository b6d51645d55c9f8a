package com.example.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The shop's real files, in a temporary directory that goes when the application stops.
 */
@Component
public class ShopFiles implements AutoCloseable {

	private static final List<String> SHIPPED = List.of("articles.csv", "shop.properties", "shop.p12",
			"shop-certificate.pem", "shop-key.pem");

	private final Path directory;

	ShopFiles() throws IOException {
		this.directory = Files.createTempDirectory("shop-").toRealPath();
		for (String name : SHIPPED) {
			try (InputStream content = new ClassPathResource("files/" + name).getInputStream()) {
				Files.copy(content, path(name));
			}
		}
		for (int month = 1; month <= 3; month++) {
			Path invoices = Files.createDirectories(invoices().resolve("2026-0" + month));
			Files.writeString(invoices.resolve("invoice-1.txt"), "1 Kettle, 39.00\n");
			Files.writeString(invoices.resolve("invoice-2.txt"), "2 Cups, 15.80\n");
		}
		Files.writeString(invoices().resolve("summary.txt"), "6 invoices\n");
		zip(path("invoices.zip"), invoices().resolve("summary.txt"));
	}

	/**
	 * Returns the path of a file in the shop's directory.
	 */
	public Path path(String name) {
		return this.directory.resolve(name);
	}

	/**
	 * Returns the directory with a text file and one directory for each month.
	 */
	public Path invoices() {
		return path("invoices");
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.directory);
	}

	private static void zip(Path target, Path file) throws IOException {
		try (OutputStream out = Files.newOutputStream(target); ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
			Files.copy(file, zip);
			zip.closeEntry();
		}
	}

}
