package com.example.annotated;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import javax.tools.ToolProvider;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Annotated methods of a library: loaded before Loopguard, by several loaders and threads
 * at once, and before the interface that annotates them.
 */
class LibraryTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final EventLoop LOOP = new DefaultEventLoop();

	private static final Map<String, String> SOURCES = new TreeMap<>(Map.of("org.acme.Legacy", """
			package org.acme;
			public class Legacy implements java.util.function.UnaryOperator<String> {
				@org.jetbrains.annotations.Blocking
				public String apply(String name) {
					return name;
				}
			}
			""", "org.acme.Sleeper", """
			package org.acme;
			public class Sleeper implements java.util.function.UnaryOperator<String> {
				public String apply(String name) {
					try {
						Thread.sleep(2);
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
					return name;
				}
			}
			""", "org.acme.Remote", """
			package org.acme;
			public interface Remote extends java.util.function.UnaryOperator<String> {
				@org.jetbrains.annotations.Blocking
				String apply(String name);
			}
			""", "org.acme.Stub", """
			package org.acme;
			public final class Stub extends Base {
				public String apply(String name) {
					return name;
				}
			}
			""", "org.acme.Base", """
			package org.acme;
			public abstract sealed class Base implements Remote permits Stub {
			}
			""", "org.acme.Row", """
			package org.acme;
			@org.jetbrains.annotations.Blocking
			public record Row(String name) implements java.util.function.UnaryOperator<String> {
				public Row() {
					this("row");
				}
				public String apply(String other) {
					return this.name() + other;
				}
			}
			""", "org.acme.Orphan", """
			package org.acme;
			public class Orphan implements java.util.function.UnaryOperator<String> {
				@org.jetbrains.annotations.Blocking
				public String apply(String name) {
					return name;
				}
				static Missing missing() {
					return null;
				}
				static class Broken implements Missing {
					@org.jetbrains.annotations.Blocking
					public String toString() {
						return "";
					}
				}
			}
			""", "org.acme.Missing", """
			package org.acme;
			public interface Missing {
			}
			"""));

	@TempDir
	static Path directory;

	private static UnaryOperator<String> earlyLegacy = UnaryOperator.identity();

	private static UnaryOperator<String> earlySleeper = UnaryOperator.identity();

	private static UnaryOperator<String> earlyStub = UnaryOperator.identity();

	@BeforeAll
	static void install() throws Exception {
		compile();
		earlyLegacy = newInstance(loader(), "org.acme.Legacy");
		earlySleeper = newInstance(loader(), "org.acme.Sleeper");
		earlyStub = newInstance(loader(), "org.acme.Stub");
		Loopguard.instance().install(ApplicationPackages.ofClass(LibraryTests.class.getName()));
	}

	@AfterAll
	static void shutDown() {
		LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void classLoadedBeforeIsWovenLater() {
		awaitViolation(earlyLegacy, "org.acme.Legacy.apply");
		awaitViolation(earlyStub, "org.acme.Remote.apply");
		assertThat(Loopguard.instance().detectors()).allSatisfy((it) -> assertThat(it.reason()).isNull());
	}

	@Test
	void callOfANativeMethodInAClassLoadedBeforeIsFoundLater() {
		await().atMost(SOON).untilAsserted(() -> {
			forget();
			onLoop(() -> earlySleeper.apply("a"));
			assertThat(violations()).singleElement().satisfies((it) -> {
				assertThat(it.rule()).isEqualTo("sleep");
				assertThat(it.offender().className()).isEqualTo("org.acme.Sleeper");
			});
		});
	}

	@Test
	void classLoadedTogetherWithItsInterfaceIsWovenLater() throws Exception {
		awaitViolation(newInstance(loader(), "org.acme.Stub"), "org.acme.Remote.apply");
	}

	@Test
	void classLoadedAfterItsInterfaceIsWovenAtOnce() throws Exception {
		URLClassLoader loader = loader();
		loader.loadClass("org.acme.Remote");
		loader.loadClass("org.acme.Base");
		assertViolation(newInstance(loader, "org.acme.Stub"), "org.acme.Remote.apply");
	}

	@Test
	void callOfALibraryIsTheCallersAndNamesTheMethod() throws Exception {
		UnaryOperator<String> legacy = newInstance(loader(), "org.acme.Legacy");
		onLoop(() -> legacy.apply("a"));
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.api()).isEqualTo("org.acme.Legacy.apply");
			assertThat(it.origin()).isEqualTo(Origin.APPLICATION);
			assertThat(it.site().className()).isEqualTo(LibraryTests.class.getName());
			assertThat(it.offender().className()).isEqualTo(LibraryTests.class.getName());
		});
	}

	@Test
	void sameClassOfTwoLoadersIsOneViolation() throws Exception {
		UnaryOperator<String> one = newInstance(loader(), "org.acme.Legacy");
		UnaryOperator<String> other = newInstance(loader(), "org.acme.Legacy");
		assertThat(one.getClass()).isNotSameAs(other.getClass());
		for (UnaryOperator<String> legacy : List.of(one, other)) {
			onLoop(() -> legacy.apply("a"));
		}
		assertThat(violations()).singleElement().satisfies((it) -> assertThat(it.count()).isEqualTo(2));
	}

	@Test
	void recordIsWoven() throws Exception {
		assertViolation(newInstance(loader(), "org.acme.Row"), "org.acme.Row.apply");
	}

	@Test
	void missingInterfaceDoesNoHarm() throws Exception {
		URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				LibraryTests.class.getClassLoader()) {

			@Override
			protected Class<?> findClass(String name) throws ClassNotFoundException {
				if (name.equals("org.acme.Missing")) {
					throw new ClassNotFoundException(name);
				}
				return super.findClass(name);
			}

		};
		assertThat(loader.loadClass("org.acme.Orphan")).isNotNull();
		assertThatThrownBy(() -> loader.loadClass("org.acme.Orphan$Broken")).isInstanceOf(NoClassDefFoundError.class);
		assertViolation(newInstance(loader, "org.acme.Orphan"), "org.acme.Orphan.apply");
	}

	@Test
	void classesDefinedOnManyThreadsAreAllWoven() throws Exception {
		int threads = 16;
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		CyclicBarrier barrier = new CyclicBarrier(threads);
		List<Future<List<UnaryOperator<String>>>> created = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			created.add(pool.submit(() -> {
				List<UnaryOperator<String>> mine = new ArrayList<>();
				for (int j = 0; j < 10; j++) {
					URLClassLoader loader = loader();
					barrier.await(30, TimeUnit.SECONDS);
					mine.add(newInstance(loader, "org.acme.Legacy"));
					mine.add(newInstance(loader, "org.acme.Row"));
					mine.add(newInstance(loader, "org.acme.Stub"));
				}
				return mine;
			}));
		}
		List<UnaryOperator<String>> all = new ArrayList<>();
		for (Future<List<UnaryOperator<String>>> future : created) {
			all.addAll(future.get(60, TimeUnit.SECONDS));
		}
		pool.shutdown();
		assertThat(all).hasSize(threads * 30);
		await().atMost(SOON).untilAsserted(() -> {
			forget();
			for (UnaryOperator<String> one : all) {
				onLoop(() -> one.apply("a"));
			}
			assertThat(violations().stream().mapToLong(Violation::count).sum()).isEqualTo(all.size());
		});
	}

	private static void awaitViolation(UnaryOperator<String> operator, String api) {
		await().atMost(SOON).untilAsserted(() -> assertViolation(operator, api));
	}

	private static void assertViolation(UnaryOperator<String> operator, String api) throws Exception {
		Loopguard.instance().ledger().clear();
		onLoop(() -> operator.apply("a"));
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.rule()).isEqualTo("marked-blocking");
			assertThat(it.api()).isEqualTo(api);
			assertThat(it.fix()).endsWith("because it is marked @org.jetbrains.annotations.Blocking");
		});
	}

	private static void compile() throws Exception {
		List<String> arguments = new ArrayList<>(List.of("-g", "--release", "17", "-proc:none", "-cp",
				System.getProperty("java.class.path"), "-d", directory.toString()));
		for (Map.Entry<String, String> source : SOURCES.entrySet()) {
			Path file = directory.resolve(source.getKey().replace('.', '/') + ".java");
			Files.createDirectories(file.getParent());
			arguments.add(Files.writeString(file, source.getValue()).toString());
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	private static URLClassLoader loader() throws Exception {
		return new URLClassLoader(new URL[] { directory.toUri().toURL() }, LibraryTests.class.getClassLoader());
	}

	@SuppressWarnings("unchecked")
	private static UnaryOperator<String> newInstance(ClassLoader loader, String className) throws Exception {
		return (UnaryOperator<String>) loader.loadClass(className).getDeclaredConstructor().newInstance();
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

	private static <T> T onLoop(Callable<T> call) throws Exception {
		return LOOP.submit(call).get(30, TimeUnit.SECONDS);
	}

}
