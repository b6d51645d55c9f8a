package com.example.called;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.ServiceLoader;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What blocks while a class is initialised is what is told, however the class was
 * reached.
 */
class InitialiserTests {

	@BeforeAll
	static void install() {
		Loops.install();
	}

	@Test
	void initialiserThatIsReachedByName() throws Exception {
		assertSleep(Loops.violation(() -> Class.forName(Named.class.getName())), Named.class);
	}

	@Test
	void initialiserThatIsReachedDirectly() throws Exception {
		assertSleep(Loops.violation(() -> Used.VALUE.length()), Used.class);
	}

	@Test
	void initialiserThatIsReachedByAMethodThatItCalls() throws Exception {
		Violation violation = Loops.violation(() -> Class.forName(Indirect.class.getName()));
		assertThat(violation.rule()).isEqualTo("sleep");
		assertThat(violation.site().methodName()).isEqualTo("load");
		assertThat(violation.fix()).contains("while initialising " + Indirect.class.getName().replace('$', '.'));
	}

	@Test
	void initialiserOfAClassThatIsLoadedByALoaderOfItsOwn() throws Exception {
		try (URLClassLoader loader = loader()) {
			List<Violation> violations = Loops.violations(() -> Class.forName(Loaded.class.getName(), true, loader));
			assertThat(violations).extracting(Violation::rule).containsExactlyInAnyOrder("class-loading", "sleep");
			assertThat(violations).filteredOn((it) -> it.rule().equals("sleep"))
				.singleElement()
				.satisfies((violation) -> assertSleep(violation, Loaded.class))
				.satisfies((violation) -> assertThat(violation.formerKeys()).as("what Loopguard 0.1 knew it by")
					.contains(new ViolationKey("class-loading", "java.lang.Class.forName",
							InitialiserTests.class.getName() + "#initialiserOfAClassThatIsLoadedByALoaderOfItsOwn")));
			assertThat(violations).allSatisfy((violation) -> assertThat(violation.count()).isEqualTo(1));
		}
	}

	@Test
	void constructorOfAService() throws Exception {
		Violation violation = Loops.violation(() -> ServiceLoader.load(Service.class, services()).findFirst());
		assertThat(violation.rule()).isEqualTo("sleep");
		assertThat(violation.site().className()).isEqualTo(Provider.class.getName());
		assertThat(violation.action()).isEqualTo(Action.LOG);
	}

	@Test
	void secondInitialiserOnTheSameLoopIsTimedByItself() throws Exception {
		List<Violation> violations = Loops.violations(() -> {
			Class.forName(First.class.getName());
			return Class.forName(Second.class.getName());
		});
		assertThat(violations).hasSize(2).allSatisfy((violation) -> {
			assertThat(violation.rule()).isEqualTo("sleep");
			assertThat(violation.held().count()).isEqualTo(1);
			assertThat(violation.count()).isEqualTo(1);
		});
		assertThat(Loopguard.instance().failures()).isZero();
	}

	private static void assertSleep(Violation violation, Class<?> initialised) {
		assertThat(violation.rule()).isEqualTo("sleep");
		assertThat(violation.api()).isEqualTo("java.lang.Thread.sleep");
		assertThat(violation.action()).isEqualTo(Action.LOG);
		assertThat(violation.site().className()).isEqualTo(initialised.getName());
		assertThat(violation.site().methodName()).isEqualTo("<clinit>");
		assertThat(violation.fix()).contains("while initialising " + initialised.getName().replace('$', '.'));
	}

	private static URLClassLoader loader() {
		URL classes = InitialiserTests.class.getProtectionDomain().getCodeSource().getLocation();
		return new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader());
	}

	/**
	 * Finds the provider without a file.
	 */
	private static ClassLoader services() {
		return new ClassLoader(InitialiserTests.class.getClassLoader()) {

			@Override
			public java.util.Enumeration<URL> getResources(String name) throws IOException {
				return name.endsWith(Service.class.getName()) ? java.util.Collections.enumeration(List.of(listing()))
						: super.getResources(name);
			}

		};
	}

	private static URL listing() throws IOException {
		return new URL(null, "memory:services", new java.net.URLStreamHandler() {

			@Override
			protected java.net.URLConnection openConnection(URL url) {
				return new java.net.URLConnection(url) {

					@Override
					public void connect() {
					}

					@Override
					public java.io.InputStream getInputStream() {
						return new java.io.ByteArrayInputStream(Provider.class.getName().getBytes());
					}

				};
			}

		});
	}

	public interface Service {

	}

	public static final class Provider implements Service {

		public Provider() throws InterruptedException {
			Thread.sleep(2);
		}

	}

	static final class Named {

		static {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	static final class Used {

		static final String VALUE;

		static {
			try {
				Thread.sleep(2);
				VALUE = "used";
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	static final class Loaded {

		static {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	static final class Indirect {

		static final String VALUE = load();

		private static String load() {
			try {
				Thread.sleep(2);
				return "loaded";
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	static final class First {

		static {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	static final class Second {

		static {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
