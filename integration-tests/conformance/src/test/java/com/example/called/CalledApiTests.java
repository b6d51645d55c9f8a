package com.example.called;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A violation has the rule of what was called, also where an API leads to different
 * things, or runs code of others while it waits.
 */
class CalledApiTests {

	@TempDir
	private Path directory;

	@BeforeAll
	static void install() {
		Loops.install();
	}

	@Test
	void copyingAFileIntoAStreamIsReadingIt() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "text");
		assertThat(Loops.violation(() -> Files.copy(file, new ByteArrayOutputStream()))).satisfies((violation) -> {
			assertCall(violation, "file-read", "java.nio.file.Files.copy");
			assertFormerly(violation, "file-write");
		});
	}

	@Test
	void copyingAStreamIntoAFileIsWritingIt() throws Exception {
		Path file = this.directory.resolve("copy");
		Violation violation = Loops.violation(() -> Files.copy(InputStream.nullInputStream(), file));
		assertCall(violation, "file-write", "java.nio.file.Files.copy");
	}

	@Test
	void copyingAFileToAFileIsWritingIt() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "text");
		Violation violation = Loops.violation(() -> Files.copy(file, this.directory.resolve("copy")));
		assertCall(violation, "file-write", "java.nio.file.Files.copy");
	}

	@Test
	void openingTheUrlOfAFileIsReadingIt() throws Exception {
		URL url = Files.writeString(this.directory.resolve("file"), "text").toUri().toURL();
		Violation violation = Loops.violation(() -> open(url));
		assertCall(violation, "file-read", "java.net.URL.openStream");
		assertFormerly(violation, "http-request");
		assertThat(violation.fix()).doesNotContain("WebClient");
	}

	@Test
	void openingTheUrlOfAnEntryOfAJarIsReadingIt() throws Exception {
		Path jar = this.directory.resolve("some.jar");
		try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
			out.putNextEntry(new JarEntry("entry"));
			out.closeEntry();
		}
		URL url = URI.create("jar:" + jar.toUri() + "!/entry").toURL();
		Violation violation = Loops.violation(() -> open(url));
		assertCall(violation, "file-read", "java.net.URL.openStream");
		assertFormerly(violation, "http-request");
	}

	@Test
	void connectionOfAFileIsNamedAsSuch() throws Exception {
		URL url = Files.writeString(this.directory.resolve("file"), "text").toUri().toURL();
		Violation violation = Loops.violation(() -> {
			try (InputStream in = url.openConnection().getInputStream()) {
				return in;
			}
		});
		assertCall(violation, "file-read", "java.net.URLConnection.getInputStream");
	}

	@Test
	void watchingADirectoryIsAskingForItsState() throws Exception {
		try (WatchService watcher = this.directory.getFileSystem().newWatchService()) {
			Violation violation = Loops.violation(() -> {
				// Often enough that the watcher's thread is not always faster.
				for (int i = 0; i < 500; i++) {
					this.directory.register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
				}
				return null;
			});
			assertCall(violation, "file-stat", "java.nio.file.Path.register");
			assertFormerly(violation, "monitor-wait");
		}
	}

	@Test
	void whatAParallelStreamRunsWhileItWaitsIsACallOfItsOwn() throws Exception {
		int workers = ForkJoinPool.commonPool().getParallelism();
		CountDownLatch busy = new CountDownLatch(workers);
		CountDownLatch done = new CountDownLatch(1);
		for (int i = 0; i < workers; i++) {
			ForkJoinPool.commonPool().execute(() -> {
				busy.countDown();
				await(done);
			});
		}
		busy.await();
		try {
			List<Violation> violations = Loops.violations(() -> {
				IntStream.range(0, 8).parallel().forEach((i) -> sleep());
				return null;
			});
			assertThat(violations).singleElement().satisfies((violation) -> {
				assertCall(violation, "sleep", "java.lang.Thread.sleep");
				assertThat(violation.count()).isEqualTo(8);
				assertThat(violation.held().count()).isEqualTo(8);
				assertThat(violation.site().methodName()).isEqualTo("sleep");
			});
		}
		finally {
			done.countDown();
		}
	}

	@Test
	void waitingForAParallelStreamIsNamedAsSuch() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		List<Violation> violations = Loops.violations(() -> {
			Thread loop = Thread.currentThread();
			IntStream.range(0, 64).parallel().forEach((i) -> {
				if (Thread.currentThread() != loop) {
					started.countDown();
					sleep();
				}
				else {
					await(started);
				}
			});
			return null;
		});
		assertThat(violations).allSatisfy((violation) -> {
			if (violation.site().methodName().equals("await")) {
				assertCall(violation, "thread-park", "java.util.concurrent.CountDownLatch.await");
			}
			else {
				assertCall(violation, "thread-park", "java.util.stream.IntStream.forEach");
			}
		});
	}

	private static void assertCall(Violation violation, String rule, String api) {
		assertThat(violation.rule()).isEqualTo(rule);
		assertThat(violation.api()).isEqualTo(api);
		assertThat(violation.site()).isNotNull()
			.satisfies((site) -> assertThat(site.className()).isEqualTo(CalledApiTests.class.getName()));
	}

	private static void assertFormerly(Violation violation, String rule) {
		assertThat(violation.formerKeys()).as("what Loopguard 0.1 knew it by")
			.contains(new ViolationKey(rule, violation.api(), violation.key().at()));
	}

	private static InputStream open(URL url) throws Exception {
		try (InputStream in = url.openStream()) {
			return in;
		}
	}

	private static void sleep() {
		try {
			Thread.sleep(2);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
