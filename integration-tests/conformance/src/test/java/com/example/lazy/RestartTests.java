package com.example.lazy;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is restarted while its event loops live on, as by a server to which
 * it is redeployed, leaves no class loader behind.
 */
class RestartTests {

	private static final int RESTARTS = 50;

	@Test
	void classLoadersOfFormerRunsAreCollected() throws Exception {
		Loopguard.instance().install(ApplicationPackages.ofClass(RestartTests.class.getName()));
		List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
		try (Loop.Turns turns = Loop.NETTY_TASKS.open()) {
			for (int i = 0; i < RESTARTS; i++) {
				loaders.add(run(turns));
			}
			assertThat(Loopguard.instance().ledger().violations()).extracting(Violation::rule)
				.contains("directory-list", "directory-walk", "file-read", "sleep");
			Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				System.gc();
				assertThat(loaders.stream().filter((it) -> it.get() != null).count()).isLessThanOrEqualTo(1);
			});
		}
	}

	private static WeakReference<ClassLoader> run(Loop.Turns turns) throws Exception {
		URL classes = RestartTests.class.getProtectionDomain().getCodeSource().getLocation();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader())) {
			@SuppressWarnings("unchecked")
			Callable<Long> application = (Callable<Long>) loader.loadClass(RestartedApplication.class.getName())
				.getConstructor()
				.newInstance();
			assertThat(application.getClass().getClassLoader()).isSameAs(loader);
			assertThat(turns.call(application)).isPositive();
			return new WeakReference<>(loader);
		}
	}

}
