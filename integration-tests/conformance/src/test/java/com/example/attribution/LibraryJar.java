package com.example.attribution;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles sources into a jar and loads classes from it, as a library would come.
 */
final class LibraryJar {

	private LibraryJar() {
	}

	/**
	 * Returns an instance of the first source's class.
	 */
	static Object newInstance(Path directory, String jarName, Map<String, String> sources) {
		try {
			Path classes = compile(directory, sources);
			Path jar = directory.resolve(jarName);
			pack(classes, jar);
			URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() },
					LibraryJar.class.getClassLoader());
			return loader.loadClass(sources.keySet().iterator().next()).getDeclaredConstructor().newInstance();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Compiles sources and returns the directory of the classes.
	 */
	static Path compile(Path directory, Map<String, String> sources) throws IOException {
		Path classes = Files.createDirectories(directory.resolve("classes"));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		for (Map.Entry<String, String> source : sources.entrySet()) {
			Path file = directory.resolve(source.getKey().replace('.', '/') + ".java");
			Files.createDirectories(file.getParent());
			Files.writeString(file, source.getValue());
			List<String> arguments = List.of("-g", "--release", "17", "-proc:none", "-cp",
					classes + java.io.File.pathSeparator
							+ System.getProperty("library.class.path", System.getProperty("java.class.path")),
					"-d", classes.toString(), file.toString());
			assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
		}
		return classes;
	}

	private static void pack(Path classes, Path jar) throws IOException {
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file);
				Stream<Path> found = Files.walk(classes)) {
			for (Path path : found.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
				Files.copy(path, out);
				out.closeEntry();
			}
		}
	}

}
