package com.example.allowed;

import java.io.File;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.ResourceBundle;

import io.github.loopguard.Blocking;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application that blocks where it was told that it may, and where it was not.
 */
@SpringBootApplication
class AllowedApplication {

	@RestController
	static class Routes {

		private final Archive archive = new Archive();

		@GetMapping("/allowed/own")
		boolean own() {
			return this.archive.read();
		}

		@GetMapping("/allowed/caller")
		boolean caller() {
			return caller(this.archive);
		}

		@GetMapping("/allowed/stranger")
		boolean stranger() {
			return this.archive.open();
		}

		@GetMapping("/allowed/both")
		String both() {
			return ResourceBundle.getBundle("archive", Locale.ROOT, new Bundles(this.archive)).getClass().getName();
		}

		@GetMapping("/allowed/lambda")
		Mono<Boolean> lambda() {
			return this.archive.readLater();
		}

		@GetMapping("/allowed/expired")
		boolean expired() {
			return new File("pom.xml").isFile();
		}

		@GetMapping("/allowed/provided")
		boolean provided() {
			return new File("pom.xml").canRead();
		}

		@GetMapping("/allowed/constructed")
		Mono<Long> constructed() {
			return Mono.just(new Vault("main").opened());
		}

		@GetMapping("/allowed/not-constructed")
		Mono<String> notConstructed() {
			try {
				return Mono.just("" + new Vault("").opened());
			}
			catch (IllegalArgumentException ex) {
				return Mono.just(ex.getMessage());
			}
		}

		@GetMapping("/allowed/hooked")
		long hooked() {
			return this.archive.compute();
		}

		@GetMapping("/allowed/provided-hook")
		long providedHook() {
			return this.archive.search();
		}

		@GetMapping("/allowed/declared")
		boolean declared() {
			Blocking.mayBlock("rendering a report");
			return true;
		}

		private static boolean caller(Archive archive) {
			return archive.open();
		}

	}

	/**
	 * Reads the archive, which may be, and opens it, which may not, inside one call of
	 * the JDK.
	 */
	static class Bundles extends ResourceBundle.Control {

		private final Archive archive;

		Bundles(Archive archive) {
			this.archive = archive;
		}

		@Override
		public ResourceBundle newBundle(String baseName, Locale locale, String format, ClassLoader loader,
				boolean reload) {
			this.archive.read();
			this.archive.open();
			return new ListResourceBundle() {
				@Override
				protected Object[][] getContents() {
					return new Object[0][];
				}
			};
		}

	}

	/**
	 * Some methods of it may block, by way of properties.
	 */
	/**
	 * Has a constructor that blocks, with code before and after that of its superclass.
	 */
	static class Vault extends Archive {

		private final long opened;

		Vault(long opened) {
			super();
			this.opened = opened;
		}

		Vault(String name) {
			this(new StringBuilder(name).append(System.nanoTime()).length());
			if (name.isEmpty()) {
				throw new IllegalArgumentException("no name");
			}
		}

		long opened() {
			return this.opened;
		}

	}

	static class Archive {

		boolean read() {
			return new File("pom.xml").exists();
		}

		boolean open() {
			return new File("pom.xml").length() > 0;
		}

		Mono<Boolean> readLater() {
			return Mono.just("pom.xml").map((name) -> new File(name).exists());
		}

		long compute() {
			return System.nanoTime();
		}

		long search() {
			return System.nanoTime();
		}

	}

}
