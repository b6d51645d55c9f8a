package io.github.loopguard.detect.installation;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherSession;
import reactor.blockhound.BlockHound;

import io.github.loopguard.session.BuilderSessionListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The builder is woven once, in class loaders that see Loopguard, and only before it is
 * loaded.
 */
class WovenBuilderTests {

	private static final String TRANSFORMER = "reactor.blockhound.NativeWrappingClassFileTransformer";

	private static final String BUILDER = "reactor.blockhound.BlockHound$Builder";

	@Test
	void isWovenOnce() throws Exception {
		byte[] woven = WovenBuilder.weave(classfile("/" + WovenBuilder.NAME + ".class"));
		assertThat(woven).isNotNull();
		assertThat(WovenBuilder.weave(woven)).isSameAs(woven);
	}

	@Test
	void needsWhatItsCallsUse() throws Exception {
		assertThat(WovenBuilder.weave(classfile("/reactor/blockhound/BlockHound.class"))).isNull();
	}

	@Test
	void isDefinedInPlaceOfTheOneInTheClassFile() throws Exception {
		try (Loader loader = new Loader((entry) -> true, ClassLoader.getPlatformClassLoader())) {
			openSession(loader);
			assertThat(Class.forName(BUILDER, true, loader).getClassLoader()).isSameAs(loader);
			assertThat(loader.found).contains(BlockHound.class.getName()).doesNotContain(BUILDER);
			assertThat(Class.forName(BUILDER, true, loader).getProtectionDomain())
				.isSameAs(Class.forName(BlockHound.class.getName(), true, loader).getProtectionDomain());
		}
	}

	@Test
	void isNotDefinedWhereLoopguardIsNotSeen() throws Exception {
		try (Loader parent = new Loader(WovenBuilderTests::isBlockHound, ClassLoader.getPlatformClassLoader());
				Loader child = new Loader((entry) -> true, parent)) {
			openSession(child);
			Class.forName(BUILDER, true, child);
			assertThat(parent.found).contains(BUILDER);
		}
	}

	@Test
	void isNotDefinedTwice() throws Exception {
		try (Loader loader = new Loader((entry) -> true, ClassLoader.getPlatformClassLoader())) {
			Class<?> builder = Class.forName(BUILDER, true, loader);
			openSession(loader);
			openSession(loader);
			assertThat(Class.forName(BUILDER, true, loader)).isSameAs(builder);
			assertThat(loader.found).contains(BUILDER);
		}
	}

	@Test
	void makesTransformersOnlyForAnInstrumentationThatRegistersThem() throws Exception {
		try (Loader loader = new Loader((entry) -> true, ClassLoader.getPlatformClassLoader())) {
			openSession(loader);
			List<String> calls = new ArrayList<>();
			Instrumentation instrumentation = recording(calls);
			Class<?> quiet = Class.forName(QuietInstrumentation.class.getName(), true, loader);
			instrument(loader,
					(Instrumentation) quiet.getMethod("of", Instrumentation.class).invoke(null, instrumentation));
			assertThat(calls).isEmpty();
			assertThat(loader.found).doesNotContain(TRANSFORMER);
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> instrument(loader, instrumentation));
			assertThat(calls).contains("addTransformer");
			assertThat(loader.found).contains(TRANSFORMER);
		}
	}

	private static void instrument(ClassLoader loader, Instrumentation instrumentation) throws Exception {
		Class<?> blockHound = Class.forName(BlockHound.class.getName(), true, loader);
		Object builder = blockHound.getMethod("builder").invoke(null);
		Method method = builder.getClass().getDeclaredMethod("instrument", Instrumentation.class);
		method.setAccessible(true);
		method.invoke(builder, instrumentation);
	}

	/**
	 * Returns an instrumentation that fails where it is asked for classes.
	 */
	private static Instrumentation recording(List<String> calls) {
		return (Instrumentation) Proxy.newProxyInstance(WovenBuilderTests.class.getClassLoader(),
				new Class<?>[] { Instrumentation.class }, (proxy, method, arguments) -> {
					calls.add(method.getName());
					return null;
				});
	}

	private static void openSession(ClassLoader loader) throws Exception {
		Object listener = loader.loadClass(BuilderSessionListener.class.getName()).getConstructor().newInstance();
		listener.getClass()
			.getMethod("launcherSessionOpened", loader.loadClass(LauncherSession.class.getName()))
			.invoke(listener, (Object) null);
	}

	private static boolean isBlockHound(String entry) {
		return entry.contains("blockhound");
	}

	private static byte[] classfile(String name) throws IOException {
		try (InputStream classfile = BlockHound.class.getResourceAsStream(name)) {
			return classfile.readAllBytes();
		}
	}

	/**
	 * Loads from the class path and knows what it found there.
	 */
	private static final class Loader extends URLClassLoader {

		private final List<String> found = new ArrayList<>();

		Loader(Predicate<String> entries, ClassLoader parent) {
			super(urls(entries), parent);
		}

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			Class<?> type = super.findClass(name);
			this.found.add(name);
			return type;
		}

		private static URL[] urls(Predicate<String> entries) {
			String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
			return Arrays.stream(classPath.split(File.pathSeparator))
				.filter(entries)
				.map(Loader::url)
				.toArray(URL[]::new);
		}

		private static URL url(String entry) {
			try {
				return Path.of(entry).toUri().toURL();
			}
			catch (MalformedURLException ex) {
				throw new IllegalArgumentException(ex);
			}
		}

	}

}
