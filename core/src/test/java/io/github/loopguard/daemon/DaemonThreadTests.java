package io.github.loopguard.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thread that outlives the application that has started it.
 */
class DaemonThreadTests {

	private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

	@Test
	void keepsNothingOfTheApplicationThatHasStartedIt() throws Exception {
		AtomicReference<Thread> running = new AtomicReference<>();
		AtomicReference<Object> inherited = new AtomicReference<>();
		DaemonThread thread = new DaemonThread("outliving", () -> {
			inherited.set(INHERITED.get());
			running.set(Thread.currentThread());
			Thread.sleep(10);
		}, new Failures());
		try {
			WeakReference<ClassLoader> application = startByAnApplication(thread);
			await().until(() -> running.get() != null);
			assertThat(inherited.get() == null).as("nothing inherited").isTrue();
			await().untilAsserted(() -> {
				System.gc();
				assertThat(application.get() == null).as("class loader collected").isTrue();
			});
			assertThat(running.get().isAlive()).isTrue();
			assertThat(running.get().getThreadGroup().getParent() == null).as("in the root group").isTrue();
			assertThat(running.get().getContextClassLoader()).isSameAs(DaemonThread.class.getClassLoader());
		}
		finally {
			thread.end();
		}
	}

	private static WeakReference<ClassLoader> startByAnApplication(DaemonThread thread) throws Exception {
		ClassLoader loader = new ApplicationLoader();
		@SuppressWarnings("unchecked")
		Consumer<DaemonThread> application = (Consumer<DaemonThread>) loader.loadClass(Application.class.getName())
			.getConstructor()
			.newInstance();
		assertThat(application.getClass().getClassLoader()).isSameAs(loader);
		Thread main = new Thread(() -> {
			INHERITED.set(application);
			application.accept(thread);
		}, "application");
		main.setContextClassLoader(loader);
		main.start();
		main.join();
		return new WeakReference<>(loader);
	}

	/** Is loaded once more for each application. */
	public static final class Application implements Consumer<DaemonThread> {

		@Override
		public void accept(DaemonThread thread) {
			thread.ensureRunning();
		}

	}

	private static final class ApplicationLoader extends ClassLoader {

		private ApplicationLoader() {
			super(DaemonThreadTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(Application.class.getName())) {
				return super.loadClass(name, resolve);
			}
			try (InputStream in = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
				byte[] content = in.readAllBytes();
				return defineClass(name, content, 0, content.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
