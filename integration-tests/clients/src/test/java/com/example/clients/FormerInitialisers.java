package com.example.clients;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.github.loopguard.autoconfigure.LoopguardAutoConfiguration;
import io.github.loopguard.test.NonBlockingTest;

/**
 * Class initialisers that block, where the loading of classes is logged: Loopguard 0.1
 * counted what blocks in one as a part of the loading.
 */
@NonBlockingTest
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "loopguard.rules.class-loading.application=log")
class FormerInitialisers {

	@Test
	void initialiserOfALoadedClass() throws Exception {
		URL classes = FormerInitialisers.class.getProtectionDomain().getCodeSource().getLocation();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader())) {
			StepVerifier.create(Mono.fromCallable(() -> load(loader)).subscribeOn(Schedulers.parallel()))
				.expectNextCount(1)
				.expectComplete()
				.verify(Duration.ofSeconds(30));
		}
	}

	private static Class<?> load(ClassLoader loader) throws ClassNotFoundException {
		return Class.forName(Slow.class.getName(), true, loader);
	}

	@AutoConfigurationPackage
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(LoopguardAutoConfiguration.class)
	static class Application {

	}

	static final class Slow {

		static {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			new File("pom.xml").exists();
		}

	}

}
