package com.example.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ServiceLoader;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Loads classes and resources. Every class loader is new, because a class loads once.
 */
@Component
class ClassOperations implements Operations {

	private static final String NAME = "/com/example/conformance/ClassOperations.class";

	ClassLoader loader() {
		URL classes = ClassOperations.class.getProtectionDomain().getCodeSource().getLocation();
		return new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader());
	}

	@Blocks(rule = "class-loading", api = "java.lang.Class.forName", given = "loader")
	void classForName(ClassLoader loader) throws Exception {
		Class.forName("com.example.conformance.Lesson$Chemistry", true, loader);
	}

	@Blocks(rule = "class-loading", api = "java.lang.ClassLoader.loadClass", given = "loader")
	void loadClass(ClassLoader loader) throws Exception {
		loader.loadClass("com.example.conformance.Lesson$Chemistry");
	}

	@Blocks(rule = "class-loading", api = "java.util.ServiceLoader.findFirst", given = "loader")
	void serviceLoader(ClassLoader loader) {
		ServiceLoader.load(Runnable.class, loader).findFirst();
	}

	@Blocks(rule = "resource-loading", api = "java.lang.ClassLoader.getResource")
	void classLoaderGetResource() {
		getClass().getClassLoader().getResource("none.txt");
	}

	@Blocks(rule = "resource-loading", api = "java.lang.ClassLoader.getResourceAsStream")
	void classLoaderGetResourceAsStream() throws IOException {
		InputStream in = getClass().getClassLoader().getResourceAsStream(NAME.substring(1));
		in.close();
	}

	@Blocks(rule = "resource-loading", api = "java.util.Enumeration.hasMoreElements")
	void classLoaderGetResources() throws IOException {
		getClass().getClassLoader().getResources("none.txt").hasMoreElements();
	}

	@Blocks(rule = "resource-loading", api = "java.lang.Class.getResource")
	void classGetResource() {
		getClass().getResource("none.txt");
	}

	@Blocks(rule = "resource-loading", api = "java.lang.Class.getResourceAsStream")
	void classGetResourceAsStream() throws IOException {
		InputStream in = getClass().getResourceAsStream(NAME);
		in.close();
	}

	@Blocks(rule = "resource-loading", api = "java.lang.ClassLoader.getResourceAsStream",
			call = "org.springframework.core.io.ClassPathResource.getInputStream")
	void classPathResource() throws IOException {
		InputStream in = new ClassPathResource(NAME).getInputStream();
		in.close();
	}

}
