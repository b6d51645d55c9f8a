package io.github.loopguard.bridge;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Only transactions need Spring: without it, everything else is loaded and, as Spring
 * does with beans, reflected over.
 */
class BridgeWithoutSpringTests {

	private static final String TRANSACTIONS = "io.github.loopguard.bridge.operation.LaneTransactions";

	private final URLClassLoader loader = new URLClassLoader(classPathWithoutSpring(),
			ClassLoader.getPlatformClassLoader());

	@AfterEach
	void close() throws Exception {
		this.loader.close();
	}

	@Test
	void everyOtherClassIsReflectedOver() throws Exception {
		List<String> names = classes().filter((name) -> !name.startsWith(TRANSACTIONS)).toList();
		assertThat(names).contains(BlockingBridge.class.getName(), Lane.class.getName()).hasSizeGreaterThan(50);
		for (String name : names) {
			reflectOver(this.loader.loadClass(name));
		}
	}

	@Test
	void aBridgeWorks() throws Exception {
		Class<?> type = this.loader.loadClass(BlockingBridge.class.getName());
		try (AutoCloseable bridge = (AutoCloseable) type.getMethod("shared").invoke(null)) {
			assertThat(type.getMethod("lanes").invoke(bridge)).asString().contains("default");
		}
	}

	@Test
	void transactionsFailWithTheNameOfWhatIsMissing() {
		assertThatExceptionOfType(NoClassDefFoundError.class)
			.isThrownBy(() -> reflectOver(this.loader.loadClass(TRANSACTIONS)))
			.withMessageContaining("org/springframework/transaction/");
	}

	private static Stream<String> classes() throws Exception {
		Path root = Path.of(BlockingBridge.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(root)) {
			return files.map((file) -> root.relativize(file).toString())
				.filter((file) -> file.endsWith(".class"))
				.map((file) -> file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.'))
				.filter((name) -> !name.endsWith("package-info"))
				.toList()
				.stream();
		}
	}

	private static void reflectOver(Class<?> type) {
		type.getMethods();
		type.getDeclaredMethods();
		type.getDeclaredConstructors();
		type.getDeclaredFields();
		type.getDeclaredClasses();
		type.getAnnotations();
	}

	private static URL[] classPathWithoutSpring() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> !entry.getFileName().toString().startsWith("spring-"))
			.map(BridgeWithoutSpringTests::url)
			.toArray(URL[]::new);
	}

	private static URL url(Path entry) {
		try {
			return entry.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
