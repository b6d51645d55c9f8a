package com.example.held;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that waits are found whose method is native in some JDKs, wherever it is called:
 * in the JDK, in a library that was loaded before Loopguard, by a reference.
 */
class NativeWaitTests {

	@BeforeAll
	static void install() {
		assertThat(Mono.just("").share().block()).as("loads its classes").isEmpty();
		Loopguard.instance().install(ApplicationPackages.ofClass(NativeWaitTests.class.getName()));
	}

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void pipeIsReadUntilSomethingIsWritten() throws Exception {
		try (PipedOutputStream out = new PipedOutputStream(); PipedInputStream in = new PipedInputStream(out)) {
			assertFound("monitor-wait", "java.io.PipedInputStream.read", () -> {
				Thread reader = Thread.currentThread();
				new Thread(() -> write(out, reader)).start();
				return in.read();
			});
		}
	}

	@Test
	void queueOfReferencesIsWaitedFor() throws Exception {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		assertFound("monitor-wait", "java.lang.ref.ReferenceQueue.remove", () -> queue.remove(20));
	}

	@Test
	void sharedMonoIsWaitedFor() throws Exception {
		Mono<Long> mono = Mono.delay(Duration.ofMillis(20)).share();
		assertFound("sleep", "java.lang.Thread.sleep", mono::block);
	}

	@Test
	void methodReferenceSleeps() throws Exception {
		assertFound("sleep", "java.lang.Thread.sleep", () -> SleepReference.sleep(20));
	}

	private static void assertFound(String rule, String api, Callable<?> call) throws Exception {
		Loop.NETTY.run(call);
		assertThat(Loopguard.instance().ledger().violations()).singleElement().satisfies((it) -> {
			assertThat(it.rule()).isEqualTo(rule);
			assertThat(it.api()).isEqualTo(api);
			assertThat(it.held().max()).isPositive();
			assertThat(it.site()).isNotNull()
				.extracting((site) -> site.className())
				.asString()
				.startsWith("com.example.held.");
		});
	}

	private static void write(PipedOutputStream out, Thread reader) {
		while (reader.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		try {
			out.write(1);
			out.flush();
		}
		catch (java.io.IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
