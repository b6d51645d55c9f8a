package com.example.held;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

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
				onceItWaits(Thread.currentThread(), () -> {
					out.write(1);
					out.flush();
					return true;
				});
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
		Sinks.One<String> sink = Sinks.one();
		Mono<String> mono = sink.asMono().share();
		assertFound("sleep", "java.lang.Thread.sleep", () -> {
			onceItWaits(Thread.currentThread(), () -> sink.tryEmitValue("done"));
			return mono.block();
		});
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

	private static void onceItWaits(Thread loop, Callable<?> task) {
		new Thread(new FutureTask<>(() -> {
			while (loop.getState() != Thread.State.TIMED_WAITING) {
				Thread.onSpinWait();
			}
			return task.call();
		})).start();
	}

}
