package org.acme.template;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * Reads a template from the class path.
 */
public final class Template implements Callable<String> {

	private final String name;

	private final boolean byUrl;

	private Template(String name, boolean byUrl) {
		this.name = name;
		this.byUrl = byUrl;
	}

	public static Template byStream(String name) {
		return new Template(name, false);
	}

	public static Template byUrl(String name) {
		return new Template(name, true);
	}

	@Override
	public String call() throws IOException {
		try (InputStream in = open()) {
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private InputStream open() throws IOException {
		ClassLoader loader = Template.class.getClassLoader();
		if (!this.byUrl) {
			return loader.getResourceAsStream(this.name);
		}
		URL url = loader.getResource(this.name);
		return url.openStream();
	}

}
