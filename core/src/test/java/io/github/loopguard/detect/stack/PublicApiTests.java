package io.github.loopguard.detect.stack;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finding the name of a method loads classes, whose loaders have locks. So nobody waits
 * for somebody else to find it.
 */
class PublicApiTests {

	@Test
	void nobodyWaitsForAnotherThreadThatLoadsClasses() throws Exception {
		Loader loader = new Loader();
		Class<?> hidden = loader.loadClass(Hidden.class.getName());
		FutureTask<String> first = new FutureTask<>(() -> PublicApi.name(hidden, "run"));
		new Thread(first, "first").start();
		assertThat(loader.loading.await(30, TimeUnit.SECONDS)).isTrue();
		FutureTask<String> second = new FutureTask<>(() -> PublicApi.name(hidden, "run"));
		new Thread(second, "second").start();
		try {
			assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(PublicApiTests.class.getName() + ".Documented.run");
		}
		finally {
			loader.goOn.countDown();
		}
		assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(second.get());
	}

	/**
	 * Loads a class of a signature slowly the first time.
	 */
	private static final class Loader extends ClassLoader {

		static {
			registerAsParallelCapable();
		}

		private final CountDownLatch loading = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final AtomicBoolean slow = new AtomicBoolean(true);

		Loader() {
			super(PublicApiTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.equals(Parameter.class.getName()) && this.slow.compareAndSet(true, false)) {
				this.loading.countDown();
				await();
			}
			if (!List.of(Hidden.class.getName(), Documented.class.getName()).contains(name)) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : define(name);
			}
		}

		private void await() {
			try {
				this.goOn.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] classfile = file.readAllBytes();
				return defineClass(name, classfile, 0, classfile.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

	/**
	 * What a signature names.
	 */
	public static class Parameter {

	}

	/**
	 * What is documented.
	 */
	public static class Documented {

		/**
		 * A method.
		 * @param parameter a parameter
		 */
		public void run(Parameter parameter) {
		}

	}

	static class Hidden extends Documented {

	}

}
